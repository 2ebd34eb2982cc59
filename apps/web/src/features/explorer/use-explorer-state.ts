'use client';
import { createParser, parseAsString, useQueryState } from 'nuqs';
import { useCallback, useEffect, useMemo, useState } from 'react';
import {
  DEFAULT_RANGE,
  formatRange,
  parseRange,
  type ResolvedRange,
  resolveRange,
  type TimeRange,
} from '@/features/explorer/time/range.ts';
import { useZone } from '@/i18n/use-formats.ts';

const rangeParser = createParser({
  parse: parseRange,
  serialize: formatRange,
  eq: (a: TimeRange, b: TimeRange) => formatRange(a) === formatRange(b),
});

/** What is searched: all of it is in the URL, so that Back, reload and a sent link show the same. */
export interface ExplorerState {
  readonly query: string;
  readonly range: TimeRange;
  /** Null until the browser's clock is known. */
  readonly resolved: ResolvedRange | null;
  /** Record shown in the drawer. */
  readonly recordId: string | null;
  readonly setQuery: (query: string) => void;
  readonly setRange: (range: TimeRange) => void;
  readonly openRecord: (id: string | null) => void;
  /** Searches again with the same words; relative ranges move on to now. */
  readonly refresh: () => void;
}

export function useExplorerState(): ExplorerState {
  const zone = useZone();
  const [query, setQueryParam] = useQueryState('q', parseAsString.withDefault('').withOptions({ history: 'push' }));
  const [range, setRangeParam] = useQueryState(
    't',
    rangeParser.withDefault(DEFAULT_RANGE).withOptions({ history: 'push' }),
  );
  const [recordId, setRecordParam] = useQueryState('r', parseAsString.withOptions({ history: 'replace' }));
  const [ranAt, setRanAt] = useState<number | null>(null);

  const key = `${formatRange(range)} ${query}`;
  const [ranKey, setRanKey] = useState(key);
  if (key !== ranKey) {
    setRanKey(key);
    setRanAt(Date.now());
  }
  useEffect(() => setRanAt(Date.now()), []);

  const refresh = useCallback(() => setRanAt(Date.now()), []);
  const setQuery = useCallback(
    (next: string) => {
      void setRecordParam(null);
      void setQueryParam(next.trim() || null);
      setRanAt(Date.now());
    },
    [setQueryParam, setRecordParam],
  );
  const setRange = useCallback(
    (next: TimeRange) => {
      void setRangeParam(next);
      setRanAt(Date.now());
    },
    [setRangeParam],
  );
  const openRecord = useCallback((id: string | null) => void setRecordParam(id), [setRecordParam]);
  const resolved = useMemo(() => (ranAt === null ? null : resolveRange(range, ranAt, zone)), [range, ranAt, zone]);
  return { query, range, resolved, recordId, setQuery, setRange, openRecord, refresh };
}
