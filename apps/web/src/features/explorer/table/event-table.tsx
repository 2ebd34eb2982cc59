// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has positioned rows; a table element can't (WAI-ARIA grid pattern)
'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef } from 'react';
import { cn } from '@/components/cn.ts';
import { Spinner } from '@/components/ui/spinner.tsx';
import type { Column } from '@/features/explorer/table/columns.ts';
import { EventRow } from '@/features/explorer/table/event-row.tsx';
import { TableHeader } from '@/features/explorer/table/table-header.tsx';
import { useZone } from '@/i18n/use-formats.ts';

export const ROW_PX = 28;
/** Rows before the end at which the next page is asked for. */
const FETCH_AHEAD = 40;

interface EventTableProps {
  rows: readonly FlatEvent[];
  columns: readonly Column[];
  onColumns: (columns: Column[]) => void;
  /** Index of the row the keys are on, -1 for none. */
  current: number;
  onOpen: (index: number) => void;
  total: number | undefined;
  stale: boolean;
  hasMore: boolean;
  fetchingMore: boolean;
  onMore: () => void;
  gridRef: RefObject<HTMLDivElement | null>;
}

export function EventTable(props: EventTableProps) {
  const { rows, columns, current, hasMore, fetchingMore, onMore, gridRef } = props;
  const t = useTranslations('table');
  const zone = useZone();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !fetchingMore && lastShown >= rows.length - FETCH_AHEAD) onMore();
  }, [hasMore, fetchingMore, lastShown, rows.length, onMore]);
  const moved = useRef(current);
  useEffect(() => {
    if (current >= 0 && current !== moved.current) virtual.scrollToIndex(current, { align: 'auto' });
    moved.current = current;
  }, [current, virtual]);

  const template = columns
    .map(({ id, width }) => (id === 'message' ? `minmax(${width}px, 1fr)` : `${width}px`))
    .join(' ');
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      ref={gridRef}
      role="grid"
      data-testid="event-table"
      aria-label={t('label')}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-colcount={columns.length}
      aria-activedescendant={current >= 0 ? `row-${current}` : undefined}
      aria-busy={props.stale}
      tabIndex={0}
      className={cn(
        'scroll-slim relative min-h-0 flex-1 overflow-auto bg-surface text-[0.8125rem] outline-none transition-opacity focus-visible:ring-2 focus-visible:ring-accent focus-visible:ring-inset',
        props.stale && 'opacity-50',
      )}
    >
      <div
        className="relative min-w-full"
        style={{ width, height: virtual.getTotalSize() + ROW_PX * (fetchingMore ? 2 : 1) }}
      >
        <TableHeader columns={columns} template={template} onColumns={props.onColumns} />
        {items.map((item) => (
          <EventRow
            key={item.key}
            event={rows[item.index] as FlatEvent}
            index={item.index}
            top={item.start + ROW_PX}
            template={template}
            columns={columns}
            zone={zone}
            current={item.index === current}
            onOpen={props.onOpen}
          />
        ))}
        {fetchingMore && (
          <div className="absolute inset-x-0 bottom-0 flex h-7 items-center justify-center gap-2 text-muted text-xs">
            <Spinner className="size-3.5" /> {t('loadingMore')}
          </div>
        )}
      </div>
    </div>
  );
}
