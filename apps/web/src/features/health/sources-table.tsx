'use client';
import type { SourceState } from '@logmaster/core/api/accounting';
import { ArrowDown, ArrowUp, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { SourceLine } from '@/features/health/source-line.tsx';
import { SOURCE_COLUMNS, type SourceColumn, sourceRows } from '@/features/health/source-rows.ts';
import { useFormats } from '@/i18n/use-formats.ts';

/** Columns that narrow screens have no room for. */
const HIDDEN: Readonly<Partial<Record<SourceColumn, string>>> = {
  journaled: 'max-md:hidden',
  perSecond: 'max-sm:hidden',
};

/** Rows at first, and more with each wish for more. */
const STEP = 25;

/** What became of each sender's records. */
export function SourcesTable({ sources }: { sources: readonly SourceState[] }) {
  const t = useTranslations('health');
  const { number } = useFormats();
  const [text, setText] = useQueryState('q', parseAsString.withDefault(''));
  const [by, setBy] = useQueryState('sort', parseAsStringLiteral(SOURCE_COLUMNS).withDefault('seen'));
  const [turned, setTurned] = useQueryState('turned', parseAsBoolean.withDefault(false));
  const [most, setMost] = useState(STEP);
  const rows = sourceRows(sources, { text, by, turned });
  const sortBy = (column: SourceColumn) => {
    void setTurned(column === by && !turned ? true : null);
    void setBy(column);
  };
  return (
    <section className="grid gap-2">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold">{t('sources')}</h2>
          <p className="text-muted text-xs">
            {t('sourcesText', { count: sources.length, formatted: number(sources.length) })}
          </p>
        </div>
        <div className="relative w-full sm:w-64">
          <Search
            aria-hidden
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-4 text-faint"
          />
          <Input
            type="search"
            className="pl-8"
            value={text}
            aria-label={t('findSource')}
            placeholder={t('findSource')}
            onChange={(event) => void setText(event.target.value || null)}
          />
        </div>
      </div>
      <div className="scroll-slim relative overflow-x-auto rounded-xl border bg-surface">
        <table className="w-full border-collapse text-[0.8125rem]" data-testid="sources-table">
          <thead className="bg-sunken text-muted text-xs">
            <tr>
              {SOURCE_COLUMNS.map((column) => (
                <Heading key={column} column={column} active={column === by} turned={turned} onSort={sortBy} />
              ))}
              <th scope="col" className="w-10 px-3 pr-4 text-right font-medium">
                {t('columns.holds')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <SourceLine key={row.address} row={row} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="px-4 py-8 text-center text-muted text-[0.8125rem]">
            {sources.length === 0 ? t('noSources') : t('noSourceFound', { text })}
          </p>
        )}
      </div>
      {rows.length > most && (
        <Button className="justify-self-center" onClick={() => setMost(most + 4 * STEP)}>
          {t('moreSources', { count: number(rows.length - most) })}
        </Button>
      )}
    </section>
  );
}

interface HeadingProps {
  column: SourceColumn;
  active: boolean;
  turned: boolean;
  onSort: (column: SourceColumn) => void;
}

function Heading({ column, active, turned, onSort }: HeadingProps) {
  const t = useTranslations('health');
  // Numbers begin with the largest, addresses with the smallest.
  const rising = (column === 'source') !== turned;
  const Icon = rising ? ArrowUp : ArrowDown;
  const number = column !== 'source';
  // On the side where it moves nothing.
  const arrow = active && <Icon aria-hidden className="size-3.5" />;
  return (
    <th
      scope="col"
      aria-sort={active ? (rising ? 'ascending' : 'descending') : 'none'}
      className={`h-9 whitespace-nowrap px-3 font-medium first:pl-4 ${number ? 'text-right' : 'text-left'} ${HIDDEN[column] ?? ''}`}
    >
      <button
        type="button"
        className={`inline-flex items-center gap-1 rounded align-middle hover:text-ink ${active ? 'text-ink' : ''}`}
        onClick={() => onSort(column)}
      >
        {number && arrow}
        {t(`columns.${column}`)}
        {!number && arrow}
      </button>
    </th>
  );
}
