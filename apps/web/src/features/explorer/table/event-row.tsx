// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has positioned rows; a table element can't (WAI-ARIA grid pattern)
'use client';
import type { FlatEvent } from '@logmaster/core/event/event';
import { memo } from 'react';
import { cn } from '@/components/cn.ts';
import { Cell } from '@/features/explorer/table/cell.tsx';
import type { Column, ColumnId } from '@/features/explorer/table/columns.ts';

interface EventRowProps {
  event: FlatEvent;
  index: number;
  top: number;
  template: string;
  columns: readonly Column[];
  zone: string;
  current: boolean;
  onOpen: (index: number) => void;
}

/** Columns whose values are compared character by character. */
const MONOSPACE = new Set<ColumnId>(['source', 'nat', 'destination', 'message', 'event.original']);

export const EventRow = memo(function EventRow({
  event,
  index,
  top,
  template,
  columns,
  zone,
  current,
  onOpen,
}: EventRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles keys for its rows (aria-activedescendant)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid (aria-activedescendant)
    <div
      role="row"
      id={`row-${index}`}
      data-record-id={event['logmaster.record.id']}
      aria-rowindex={index + 2}
      aria-selected={current}
      onClick={() => onOpen(index)}
      className={cn(
        'absolute inset-x-0 top-0 grid h-7 cursor-default items-center border-line/60 border-b hover:bg-hover',
        current && 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)] hover:bg-accent-soft',
      )}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template }}
    >
      {columns.map(({ id }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid (aria-activedescendant)
        <div
          key={id}
          role="gridcell"
          className={cn('truncate px-2', MONOSPACE.has(id) && 'font-mono text-xs', id === 'message' && 'text-muted')}
        >
          <Cell event={event} id={id} zone={zone} />
        </div>
      ))}
    </div>
  );
});
