'use client';
import { Minus, Plus, Target } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import type { FilterMode } from '@/features/explorer/query/filters.ts';
import { useFormats } from '@/i18n/use-formats.ts';

interface FacetValueProps {
  value: string;
  count: number;
  /** Of the most frequent value, 0 to 1. */
  share: number;
  state: 'include' | 'exclude' | null;
  onFilter: (mode: FilterMode | 'clear') => void;
}

/** Click adds the value, Alt+click excludes it; a filter that is set is taken away by another click. */
export function FacetValue({ value, count, share, state, onFilter }: FacetValueProps) {
  const t = useTranslations('facets');
  const { compact, number } = useFormats();
  const ICON = 'grid size-5 place-items-center rounded text-muted hover:bg-line hover:text-ink [&_svg]:size-3';
  return (
    <li className="group relative flex h-6 items-center rounded hover:bg-hover">
      <button
        type="button"
        aria-pressed={state === null ? undefined : state === 'include' ? true : 'mixed'}
        title={`${value}: ${number(count)}`}
        onClick={(event) => onFilter(state ? 'clear' : event.altKey ? 'exclude' : 'include')}
        className="relative flex h-full min-w-0 flex-1 items-center gap-2 rounded pr-1.5 pl-5 text-left text-xs"
      >
        <span
          aria-hidden
          className="absolute inset-y-0.5 left-4 rounded-sm bg-accent/10"
          style={{ width: `calc((100% - 1rem) * ${share})` }}
        />
        <span
          className={cn(
            'relative min-w-0 flex-1 truncate',
            state === 'include' && 'font-semibold text-accent',
            state === 'exclude' && 'text-bad line-through',
          )}
        >
          <VisibleText text={value || t('empty')} />
        </span>
        <span className="nums relative text-muted group-focus-within:opacity-0 group-hover:opacity-0">
          {compact(count)}
        </span>
      </button>
      <span className="absolute right-0.5 flex rounded bg-hover opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        <button
          type="button"
          className={ICON}
          aria-label={t('include', { value })}
          title={t('include', { value })}
          onClick={() => onFilter('include')}
        >
          <Plus />
        </button>
        <button
          type="button"
          className={ICON}
          aria-label={t('exclude', { value })}
          title={t('exclude', { value })}
          onClick={() => onFilter('exclude')}
        >
          <Minus />
        </button>
        <button
          type="button"
          className={ICON}
          aria-label={t('only', { value })}
          title={t('only', { value })}
          onClick={() => onFilter('only')}
        >
          <Target />
        </button>
      </span>
    </li>
  );
}
