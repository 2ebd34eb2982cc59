'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { toFailure } from '@/components/errors.ts';
import { useToast } from '@/components/toast.tsx';
import { useTRPC } from '@/components/trpc.ts';
import type { AppRouter } from '@/server/router.ts';

export type DeviceCoverage = inferRouterOutputs<AppRouter>['devices']['coverage'];

/** Ingest reports every 15 s. */
const REFRESH_MS = 15_000;

export function useCoverage(id: string, hours: number) {
  return useQuery(
    useTRPC().devices.coverage.queryOptions(
      { id, hours },
      { refetchInterval: REFRESH_MS, placeholderData: (old) => old },
    ),
  );
}

/** Devices whose parsing has drifted, by id. */
export function useDrifting(): ReadonlySet<string> {
  const list = useQuery(useTRPC().devices.coverages.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return new Set(list.data?.filter(({ drift }) => drift !== null).map(({ id }) => id));
}

export function useAcceptCoverage() {
  const t = useTranslations('coverage');
  const errors = useTranslations('errors');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.devices.acceptCoverage.mutationOptions({
      onSuccess: () => {
        toast({ text: t('accepted') });
        return cache.invalidateQueries({ queryKey: trpc.devices.pathKey() });
      },
      onError: (error: unknown) => {
        const { code, detail } = toFailure(error);
        toast({ tone: 'bad', text: [errors(code), detail].filter(Boolean).join(': ') });
      },
    }),
  );
}
