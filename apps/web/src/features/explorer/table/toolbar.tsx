'use client';
import { PanelLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { ColumnPicker } from '@/features/explorer/table/column-picker.tsx';
import type { Column } from '@/features/explorer/table/columns.ts';
import type { ResolvedRange } from '@/features/explorer/time/range.ts';
import { ResolvedText } from '@/features/explorer/time/resolved-text.tsx';
import type { Search } from '@/features/explorer/use-search.ts';
import { useFormats } from '@/i18n/use-formats.ts';

interface ToolbarProps {
  search: Search;
  resolved: ResolvedRange | null;
  columns: readonly Column[];
  onColumns: (columns: Column[]) => void;
  facetsShown: boolean;
  onFacets: () => void;
}

/** One line above the table: how many, in which range, how fast; what is shown. */
export function Toolbar({ search, resolved, columns, onColumns, facetsShown, onFacets }: ToolbarProps) {
  const t = useTranslations('table');
  const { number } = useFormats();
  const { count, tookMs, page } = search;
  const waiting = page.isPending || (page.isSuccess && count.isPending);
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 border-b bg-surface px-2 text-xs">
      <Button
        variant="ghost"
        size="icon-xs"
        aria-pressed={facetsShown}
        aria-label={t('toggleFacets')}
        title={t('toggleFacets')}
        onClick={onFacets}
      >
        <PanelLeft />
      </Button>
      <p role="status" data-testid="result-count" className="nums flex min-w-0 items-center gap-2 whitespace-nowrap">
        {waiting && <Skeleton className="h-3.5 w-20" />}
        {!waiting && count.data && (
          <span className="font-semibold">
            {!count.data.exact && '≈ '}
            {t('records', { count: count.data.value, formatted: number(count.data.value) })}
          </span>
        )}
        {tookMs !== undefined && !page.isError && (
          <span className="text-faint">{t('took', { ms: number(Math.round(tookMs)) })}</span>
        )}
      </p>
      {resolved && (
        <span className="hidden truncate text-muted lg:block">
          <ResolvedText resolved={resolved} />
        </span>
      )}
      <span className="ml-auto" />
      <ColumnPicker columns={columns} onColumns={onColumns} />
    </div>
  );
}
