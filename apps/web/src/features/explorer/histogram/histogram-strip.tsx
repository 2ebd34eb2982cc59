'use client';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cn } from '@/components/cn.ts';
import { toFailure } from '@/components/errors.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { acceptBoolean, usePersisted } from '@/components/use-persisted.ts';
import type { HistogramView } from '@/features/explorer/histogram/geometry.ts';
import { Histogram } from '@/features/explorer/histogram/histogram.tsx';
import { Legend } from '@/features/explorer/histogram/legend.tsx';
import type { FilterMode } from '@/features/explorer/query/filters.ts';
import type { ExplorerState } from '@/features/explorer/use-explorer-state.ts';
import type { Search } from '@/features/explorer/use-search.ts';

interface HistogramStripProps {
  search: Search;
  state: ExplorerState;
  onFilter: (field: string, value: string, mode: FilterMode) => void;
}

/** The bars with their legend; folds to one line. A drag zooms, the browser's Back restores. */
export function HistogramStrip({ search, state, onFilter }: HistogramStripProps) {
  const t = useTranslations('histogram');
  const errors = useTranslations('errors');
  const [open, setOpen] = usePersisted('histogram', acceptBoolean, true);
  const data = search.lastHistogram;
  const view = useMemo<HistogramView | null>(
    () =>
      data
        ? {
            from: data.from / 1000,
            to: data.to / 1000,
            interval: data.intervalMicros / 1000,
            buckets: data.buckets.map((bucket) => ({ ...bucket, from: bucket.from / 1000 })),
          }
        : null,
    [data],
  );
  const stale = search.histogram.data === undefined;
  return (
    <section aria-label={t('title')} className="border-b bg-surface px-3 pt-1 pb-1">
      <div className="flex h-7 items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex h-6 items-center gap-1 whitespace-nowrap rounded px-1 text-muted text-xs hover:bg-hover hover:text-ink"
        >
          <ChevronDown aria-hidden className={cn('size-3.5 transition-transform', !open && '-rotate-90')} />
          {t('title')}
        </button>
        {view && open && (
          <Legend
            view={view}
            onPick={(type, exclude) => onFilter('event.type', type, exclude ? 'exclude' : 'include')}
          />
        )}
        {search.histogram.error && (
          <span role="alert" className="truncate text-bad text-xs">
            {errors(toFailure(search.histogram.error).code)}
          </span>
        )}
      </div>
      {open &&
        (view ? (
          <Histogram view={view} stale={stale} onZoom={(from, to) => state.setRange({ kind: 'absolute', from, to })} />
        ) : (
          <Skeleton className="h-[88px] w-full opacity-50" />
        ))}
    </section>
  );
}
