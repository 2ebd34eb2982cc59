'use client';
import { ArrowDown, ArrowUp, Columns3, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Popover } from '@/components/ui/popover.tsx';
import {
  ALL_COLUMNS,
  type Column,
  type ColumnId,
  DEFAULT_COLUMNS,
  isComposed,
  moveColumn,
  toggleColumn,
} from '@/features/explorer/table/columns.ts';
import { foldText } from '@/i18n/fold.ts';

export function ColumnPicker({
  columns,
  onColumns,
}: {
  columns: readonly Column[];
  onColumns: (columns: Column[]) => void;
}) {
  const t = useTranslations('table');
  const [search, setSearch] = useState('');
  const name = (id: ColumnId) => (isComposed(id) ? t(`columns.${id}`) : id);
  const chosen = columns.map((column) => column.id);
  const ordered = [...chosen, ...ALL_COLUMNS.filter((id) => !chosen.includes(id))];
  const shown = ordered.filter((id) => foldText(`${name(id)} ${id}`).includes(foldText(search)));
  return (
    <Popover
      label={t('pickColumns')}
      className="w-80 p-2"
      trigger={
        <Button variant="ghost" size="xs">
          <Columns3 />
          <span className="hidden sm:inline">{t('pickColumns')}</span>
        </Button>
      }
    >
      <div className="flex gap-1.5">
        <Input
          value={search}
          onChange={(e) => setSearch(e.target.value)}
          placeholder={t('findField')}
          aria-label={t('findField')}
          className="h-8"
        />
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('resetColumns')}
          title={t('resetColumns')}
          onClick={() => onColumns([...DEFAULT_COLUMNS])}
        >
          <RotateCcw />
        </Button>
      </div>
      <ul className="scroll-slim mt-2 max-h-80 overflow-y-auto">
        {shown.map((id) => {
          const on = chosen.includes(id);
          return (
            <li key={id} className="flex h-8 items-center gap-1 rounded-md pr-1 hover:bg-hover">
              <label className="flex h-full min-w-0 flex-1 items-center gap-2 px-2">
                <input
                  type="checkbox"
                  className="size-4 accent-(--accent)"
                  checked={on}
                  disabled={on && columns.length === 1}
                  onChange={() => onColumns(toggleColumn(columns, id))}
                />
                <span className={isComposed(id) ? 'truncate font-medium' : 'truncate font-mono text-xs'}>
                  {name(id)}
                </span>
              </label>
              {on && !search && (
                <>
                  <Button
                    variant="ghost"
                    size="icon-xs"
                    aria-label={t('moveLeft', { column: name(id) })}
                    onClick={() => onColumns(moveColumn(columns, id, -1))}
                  >
                    <ArrowUp />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon-xs"
                    aria-label={t('moveRight', { column: name(id) })}
                    onClick={() => onColumns(moveColumn(columns, id, 1))}
                  >
                    <ArrowDown />
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Popover>
  );
}
