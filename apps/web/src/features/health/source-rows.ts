import type { SourceState } from '@logmaster/core/api/accounting';

export const SOURCE_COLUMNS = ['source', 'seen', 'journaled', 'dropped', 'perSecond'] as const;
export type SourceColumn = (typeof SOURCE_COLUMNS)[number];

export interface SourceRow extends SourceState {
  readonly droppedSum: number;
  readonly holds: boolean;
}

const VALUES = {
  seen: (row: SourceRow) => row.seen,
  journaled: (row: SourceRow) => row.journaled,
  dropped: (row: SourceRow) => row.droppedSum,
  perSecond: (row: SourceRow) => row.per_second,
} as const;

/** Rows that say `text` in address or device name, sorted: numbers from the largest down, addresses in their order. */
export function sourceRows(
  sources: readonly SourceState[],
  { text, by, turned }: { text: string; by: SourceColumn; turned: boolean },
): SourceRow[] {
  const wanted = text.trim().toLocaleLowerCase();
  const rows = sources
    .filter(({ address, device }) => [address, device ?? ''].some((word) => word.toLocaleLowerCase().includes(wanted)))
    .map((source) => {
      const droppedSum = Object.values(source.dropped).reduce((all, one) => all + one, 0);
      return { ...source, droppedSum, holds: source.seen === source.journaled + droppedSum };
    });
  rows.sort((a, b) => (turned ? -1 : 1) * compare(a, b, by) || byAddress(a, b));
  // What does not add up is never below the fold.
  return [...rows.filter(({ holds }) => !holds), ...rows.filter(({ holds }) => holds)];
}

function compare(a: SourceRow, b: SourceRow, by: SourceColumn): number {
  return by === 'source' ? byAddress(a, b) : VALUES[by](b) - VALUES[by](a);
}

function byAddress(a: SourceRow, b: SourceRow): number {
  return a.address.localeCompare(b.address, 'en', { numeric: true });
}
