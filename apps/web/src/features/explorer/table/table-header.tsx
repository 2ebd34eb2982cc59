// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has positioned rows; a table element can't (WAI-ARIA grid pattern)
'use client';
import { useTranslations } from 'next-intl';
import { useResize } from '@/components/use-resize.ts';
import { type Column, isComposed, MAX_WIDTH, MIN_WIDTH } from '@/features/explorer/table/columns.ts';

interface TableHeaderProps {
  columns: readonly Column[];
  template: string;
  onColumns: (columns: Column[]) => void;
}

export function TableHeader({ columns, template, onColumns }: TableHeaderProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      tabIndex={-1}
      className="sticky top-0 z-10 grid h-7 items-center border-b bg-sunken font-medium text-muted text-xs"
      style={{ gridTemplateColumns: template }}
    >
      {columns.map((column) => (
        <HeaderCell
          key={column.id}
          column={column}
          onWidth={(width) => onColumns(columns.map((one) => (one.id === column.id ? { ...one, width } : one)))}
        />
      ))}
    </div>
  );
}

function HeaderCell({ column, onWidth }: { column: Column; onWidth: (width: number) => void }) {
  const t = useTranslations('table');
  const resize = useResize({ size: column.width, min: MIN_WIDTH, max: MAX_WIDTH, direction: 1, onChange: onWidth });
  const name = isComposed(column.id) ? t(`columns.${column.id}`) : column.id;
  return (
    <div role="columnheader" tabIndex={-1} className="group relative flex h-full items-center px-2">
      <span className="truncate">{name}</span>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t('resize', { column: name })}
        aria-valuenow={column.width}
        aria-valuemin={MIN_WIDTH}
        aria-valuemax={MAX_WIDTH}
        tabIndex={0}
        {...resize}
        className="absolute top-0 -right-1 z-10 h-full w-2 cursor-col-resize touch-none after:absolute after:top-1.5 after:right-1 after:h-4 after:w-px after:bg-line-strong/40 hover:after:w-0.5 hover:after:bg-accent"
      />
    </div>
  );
}
