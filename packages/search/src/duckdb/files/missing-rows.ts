import type { JournalPosition } from '../../store.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { BatchRows } from './batch-rows.ts';

/**
 * The rows that the index lacks, by the UTC day of receive (`yyyy-mm-dd`). Throws INVALID_INPUT for a row that is
 * improper or of another stream.
 * @param at what the index has of the stream already; null: look at no position
 */
export function missingRowsByDay(
  rows: BatchRows,
  stream: string,
  at: JournalPosition | null,
  catalogue: Pick<Catalogue, 'isPacked'>,
): ReadonlyMap<string, readonly number[]> {
  const days = new Map<string, number[]>();
  // one query for each site and day, not for each row
  const packed = new Map<string, boolean>();
  let known = { site: 0, day: '', packed: false };
  for (let row = 0; row < rows.batch.rows; row++) {
    rows.check(row, stream);
    if (at && rows.isBefore(row, at)) continue;
    const day = rows.day(row);
    const site = rows.siteCodes[row] as number;
    if (site !== known.site || day !== known.day) {
      // the packed file has it already; it was made from the same journal
      const key = `${site} ${day}`;
      known = { site, day, packed: packed.get(key) ?? catalogue.isPacked(rows.site(row), day) };
      packed.set(key, known.packed);
    }
    if (known.packed) continue;
    const list = days.get(day);
    if (list) list.push(row);
    else days.set(day, [row]);
  }
  return days;
}
