import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';

const POWERS = Array.from({ length: 16 }, (_, digits) => 10 ** digits);
const MAX_DIGITS = 12;

/**
 * Rows of a batch in the order of index files: newest `@timestamp` first, then record id descending, as texts compare.
 * A merge of the runs that are there already: records come nearly in order, so there are few.
 */
export function newestFirst(batch: ColumnBatch, rows: Uint32Array): Uint32Array {
  const timestamps = batch.number('@timestamp').values;
  const { idPrefix, idSequence } = batch;
  const ranks = prefixRanks(batch);
  const idKeys = new Float64Array(batch.rows);
  for (const row of rows) idKeys[row] = decimalKey(idSequence.values[row] as number);

  function before(a: number, b: number): boolean {
    const later = (timestamps[a] as number) - (timestamps[b] as number);
    if (later !== 0) return later > 0;
    const rank = (ranks[idPrefix.codes[a] as number] as number) - (ranks[idPrefix.codes[b] as number] as number);
    if (rank !== 0) return rank > 0;
    return (idKeys[a] as number) >= (idKeys[b] as number);
  }

  let from = rows.toReversed();
  let to = new Uint32Array(rows.length);
  let borders = runBorders(from, before);
  while (borders.length > 2) {
    const next = [0];
    for (let run = 0; run + 1 < borders.length; run += 2) {
      const end = borders[run + 2] ?? (borders[run + 1] as number);
      merge(from, to, borders[run] as number, borders[run + 1] as number, end, before);
      next.push(end);
    }
    borders = next;
    [from, to] = [to, from];
  }
  return from;
}

type Before = (a: number, b: number) => boolean;

/** 0, where each run ends, the length. */
function runBorders(rows: Uint32Array, before: Before): number[] {
  const borders = [0];
  for (let at = 1; at < rows.length; at++) {
    if (!before(rows[at - 1] as number, rows[at] as number)) borders.push(at);
  }
  borders.push(rows.length);
  return borders;
}

function merge(from: Uint32Array, to: Uint32Array, start: number, middle: number, end: number, before: Before): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = left < middle && (right >= end || before(from[left] as number, from[right] as number));
    to[at] = from[takeLeft ? left++ : right++] as number;
  }
}

/** Orders decimal numbers as their digits do: `9` behind `10`. */
function decimalKey(sequence: number): number {
  if (Number.isNaN(sequence)) return 0;
  let digits = 1;
  while (sequence >= (POWERS[digits] as number)) digits++;
  return sequence * (POWERS[MAX_DIGITS - digits] as number) * 16 + digits;
}

function prefixRanks({ idPrefix }: ColumnBatch): Int32Array {
  const { dictionary } = idPrefix;
  const codes = Array.from({ length: dictionary.size }, (_, index) => index + 1);
  const texts = ['', ...codes.map((code) => dictionary.text(code))];
  codes.sort((a, b) => ((texts[a] as string) < (texts[b] as string) ? -1 : 1));
  const ranks = new Int32Array(codes.length + 1);
  for (const [rank, code] of codes.entries()) ranks[code] = rank + 1;
  return ranks;
}
