import type { Tally } from '../../journal/accounting.ts';

type Tallies = Readonly<Record<string, Tally>>;

/** Adds what is in `more` to `into`, name by name. */
export function addTallies(into: Record<string, Tally>, more: Tallies): void {
  for (const [name, { seen, journaled, dropped }] of Object.entries(more)) {
    into[name] ??= { seen: 0, journaled: 0, dropped: {} };
    const tally = into[name];
    tally.seen += seen;
    tally.journaled += journaled;
    for (const [reason, records] of Object.entries(dropped))
      tally.dropped[reason] = (tally.dropped[reason] ?? 0) + records;
  }
}

/** seen − journaled − dropped: 0 when the identity holds. */
export function differenceOf({ seen, journaled, dropped }: Tally): number {
  return seen - journaled - Object.values(dropped).reduce((sum, records) => sum + records, 0);
}
