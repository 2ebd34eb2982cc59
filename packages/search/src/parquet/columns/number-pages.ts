import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { fitsDelta, longBytes, writeDeltas, writePlainLongs } from '../encodings.ts';
import type { ColumnPages } from '../file-writer.ts';
import { Encoding } from '../pages.ts';
import { emptyPages, onePage, pageWithLevels } from './data-page.ts';
import { scratch } from './scratch.ts';

/** Numbers, NaN for none, as packed differences where these are exact. */
export function numberPages(values: Float64Array | undefined, order: Uint32Array): ColumnPages {
  const rows = order.length;
  if (values === undefined) return emptyPages(rows);
  const { levels, numbers } = scratch;
  let count = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < rows; index++) {
    const value = values[order[index] as number] as number;
    const present = !Number.isNaN(value);
    levels[index] = present ? 1 : 0;
    if (!present) continue;
    numbers[count++] = value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (count === 0) return emptyPages(rows);
  const out = pageWithLevels(rows, levels, count * 2);
  const deltas = fitsDelta(least, most);
  if (deltas) writeDeltas(out, numbers, count);
  else writePlainLongs(out, numbers, count);
  const encoding = deltas ? Encoding.delta : Encoding.plain;
  return { ...onePage(out, encoding, rows, rows - count), least: longBytes(least), most: longBytes(most) };
}

/** Where the message begins in the raw text, −1 for none. */
export function messageAtPages({ messageAt }: ColumnBatch, order: Uint32Array): ColumnPages {
  const rows = order.length;
  const { levels, numbers } = scratch;
  let count = 0;
  for (let index = 0; index < rows; index++) {
    const value = messageAt[order[index] as number] as number;
    levels[index] = value < 0 ? 0 : 1;
    if (value >= 0) numbers[count++] = value;
  }
  if (count === 0) return emptyPages(rows);
  const out = pageWithLevels(rows, levels, count * 2);
  writeDeltas(out, numbers, count);
  return onePage(out, Encoding.delta, rows, rows - count);
}
