import type { RecordColumns } from './record-columns.ts';

const PRIORITIES = 192;

/** Position behind `<PRI>`, `from` when there is none; −1 for one that is out of range. */
export function readPriority(
  columns: RecordColumns,
  bytes: Uint8Array,
  from: number,
  end: number,
  row: number,
): number {
  if (bytes[from] !== 0x3c) return from;
  let at = from + 1;
  let value = 0;
  for (; at < end && at - from <= 3 && bytes[at] !== 0x3e; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  if (at >= end || bytes[at] !== 0x3e || at === from + 1 || value >= PRIORITIES) return -1;
  columns.priority.values[row] = value;
  columns.facility.values[row] = value >> 3;
  columns.severity.values[row] = value & 7;
  columns.level.codes[row] = columns.levels[value & 7] as number;
  return at + 1;
}
