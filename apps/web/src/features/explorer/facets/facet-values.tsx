'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { useTRPC } from '@/components/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { FacetValue } from '@/features/explorer/facets/facet-value.tsx';
import { type FilterMode, filterState } from '@/features/explorer/query/filters.ts';
import type { SearchInput } from '@/features/explorer/use-search.ts';
import { useFormats } from '@/i18n/use-formats.ts';

const FIRST = 6;
const MORE = 50;

interface FacetValuesProps {
  field: string;
  input: SearchInput;
  ready: boolean;
  onFilter: (field: string, value: string, mode: FilterMode | 'clear') => void;
}

export function FacetValues({ field, input, ready, onFilter }: FacetValuesProps) {
  const t = useTranslations('facets');
  const { number } = useFormats();
  const [size, setSize] = useState(FIRST);
  const top = useQuery(
    useTRPC().search.top.queryOptions(
      { ...input, field, size },
      {
        enabled: ready,
        trpc: { abortOnUnmount: true },
        staleTime: Number.POSITIVE_INFINITY,
        placeholderData: (old) => old,
      },
    ),
  );
  if (top.error) return <ErrorNote error={top.error} retry={() => void top.refetch()} />;
  if (!top.data) {
    return (
      <div className="grid gap-1.5 py-1.5 pr-2 pl-5">
        {['w-4/5', 'w-3/5', 'w-2/3'].map((width) => (
          <Skeleton key={width} className={`h-3 ${width}`} />
        ))}
      </div>
    );
  }
  const { values, other, missing } = top.data;
  const largest = values[0]?.count ?? 1;
  return (
    <div className={top.isPlaceholderData || !ready ? 'pb-1 opacity-50' : 'pb-1'}>
      <ul>
        {values.map(({ value, count }) => (
          <FacetValue
            key={value}
            value={value}
            count={count}
            share={count / largest}
            state={filterState(input.q, field, value)}
            onFilter={(mode) => onFilter(field, value, mode)}
          />
        ))}
      </ul>
      <p className="flex items-center gap-2 pr-1 pl-5 text-2xs text-faint">
        {values.length === 0 && <span className="py-1">{t('none')}</span>}
        {other > 0 && size === FIRST && (
          <Button variant="link" size="none" className="min-h-6 text-2xs" onClick={() => setSize(MORE)}>
            {t('more', { count: other })}
          </Button>
        )}
        {missing > 0 && values.length > 0 && (
          <span className="nums ml-auto">{t('missing', { count: number(missing) })}</span>
        )}
      </p>
    </div>
  );
}
