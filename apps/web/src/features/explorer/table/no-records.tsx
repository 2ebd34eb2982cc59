'use client';
import { useQuery } from '@tanstack/react-query';
import { Clock, FilterX, Router } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import { timeOf } from '@/features/explorer/table/columns.ts';
import { widenRange } from '@/features/explorer/time/range.ts';
import type { ExplorerState } from '@/features/explorer/use-explorer-state.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';

/** Half of the range shown around the newest record when a person goes to it. */
const AROUND_MS = 15 * 60_000;

/** Names the cause: nothing ever arrived, the query is too narrow, or there is nothing in this range. */
export function NoRecords({ state }: { state: ExplorerState }) {
  const t = useTranslations('empty');
  const trpc = useTRPC();
  const zone = useZone();
  const { query, range, resolved } = state;
  const newest = useQuery(trpc.search.page.queryOptions({ q: '', size: 1 }));
  const inRange = useQuery(
    trpc.search.count.queryOptions(
      {
        q: '',
        ...(resolved ? { from: new Date(resolved.from).toISOString(), to: new Date(resolved.to).toISOString() } : {}),
      },
      { enabled: query !== '' && resolved !== null },
    ),
  );
  if (newest.isPending || (query !== '' && inRange.isPending)) return <Spinner className="mx-auto mt-16 size-5" />;
  const last = newest.data?.events[0];
  if (!last) {
    return (
      <EmptyState
        icon={<Router />}
        title={t('noDevice')}
        text={t('noDeviceText')}
        action={
          <Button asChild variant="primary">
            <Link href="/devices?add=1">{t('addFirewall')}</Link>
          </Button>
        }
      />
    );
  }
  if (query !== '' && (inRange.data?.value ?? 0) > 0) {
    return (
      <EmptyState
        icon={<FilterX />}
        title={t('narrow')}
        text={t('narrowText', { count: inRange.data?.value ?? 0 })}
        action={
          <Button variant="primary" onClick={() => state.setQuery('')}>
            {t('clearQuery')}
          </Button>
        }
      />
    );
  }
  const at = timeOf(last);
  return (
    <EmptyState
      icon={<Clock />}
      title={t('nothingInRange')}
      text={t('lastRecord', { at: formatStamp(at, zone, false) })}
      action={
        <span className="flex gap-2">
          <Button
            variant="primary"
            onClick={() => state.setRange({ kind: 'absolute', from: at - AROUND_MS, to: at + AROUND_MS })}
          >
            {t('goToLast')}
          </Button>
          <Button onClick={() => state.setRange(widenRange(range, 4, Date.now(), zone))}>{t('widen')}</Button>
        </span>
      }
    />
  );
}
