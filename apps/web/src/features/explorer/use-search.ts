'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC, useTRPCClient } from '@/components/trpc.ts';
import { useLast } from '@/components/use-last.ts';
import type { ResolvedRange } from '@/features/explorer/time/range.ts';

/** Rows fetched at a time: two screens of a large monitor. */
const PAGE_ROWS = 100;
const BARS_WANTED = 90;

/** Edge form of a search: RFC 3339 moments. */
export interface SearchInput {
  readonly q: string;
  readonly from: string;
  readonly to: string;
}

export function searchInput(query: string, resolved: ResolvedRange | null): SearchInput {
  const { from, to } = resolved ?? { from: 0, to: 0 };
  return { q: query, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/**
 * First rows, then the count, then the bars (facets follow once the bars are settled): each is its own request, and a
 * new search aborts the ones before it. What was found last stays available while the next search runs or fails.
 */
export function useSearch(query: string, resolved: ResolvedRange | null) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = useMemo(() => searchInput(query, resolved), [query, resolved]);
  const abortable = { trpc: { abortOnUnmount: true }, staleTime: Number.POSITIVE_INFINITY } as const;

  const page = useInfiniteQuery({
    queryKey: ['search.page', input],
    queryFn: ({ pageParam, signal }) =>
      client.search.page.query({ ...input, size: PAGE_ROWS, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.after,
    enabled: resolved !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const count = useQuery(trpc.search.count.queryOptions(input, { ...abortable, enabled: page.isSuccess }));
  const settled = page.isSuccess && !count.isPending;
  const histogram = useQuery(
    trpc.search.histogram.queryOptions(
      { ...input, buckets: BARS_WANTED, stackBy: 'event.type' },
      { ...abortable, enabled: settled },
    ),
  );

  const pages = useLast(page.data);
  const rows = useMemo(() => pages?.pages.flatMap((one) => one.events) ?? [], [pages]);
  return {
    input,
    page,
    rows,
    /** True while the rows on screen belong to an earlier search. */
    stale: page.data === undefined && pages !== undefined,
    tookMs: pages?.pages[0]?.tookMs,
    count,
    /** What rows, count and bars lack. */
    notices: [
      ...(pages?.pages.flatMap((one) => one.notices) ?? []),
      ...(count.data?.notices ?? []),
      ...(histogram.data?.notices ?? []),
    ],
    histogram,
    lastHistogram: useLast(histogram.data),
    facetsReady: settled && !histogram.isPending,
  };
}

export type Search = ReturnType<typeof useSearch>;
