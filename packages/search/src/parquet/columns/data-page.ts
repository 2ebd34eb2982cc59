import { ByteWriter } from '../byte-writer.ts';
import { writeHybrid } from '../encodings.ts';
import type { ColumnPages } from '../file-writer.ts';
import { Encoding } from '../pages.ts';
import { scratch } from './scratch.ts';

/** A data page that begins with definition levels: `levels[0, rows)` are 0 or 1. */
export function pageWithLevels(rows: number, levels: Uint8Array, expected: number): ByteWriter {
  const out = new ByteWriter(expected + rows / 8 + 64);
  writeLevels(out, levels, rows, 1);
  return out;
}

/** Levels of a version 1 data page: their length in four bytes, then a hybrid. */
export function writeLevels(out: ByteWriter, levels: Uint8Array, count: number, width: number): void {
  out.u32(0);
  const start = out.length;
  writeHybrid(out, levels, count, width);
  out.bytes.writeUInt32LE(out.length - start, start - 4);
}

/** A column that is one data page, without least and most. */
export function onePage(out: ByteWriter, encoding: Encoding, values: number, nulls: number): ColumnPages {
  return { pages: [{ bytes: out.view(), values, encoding, isDictionary: false }], values, nulls };
}

/** A column without a value. */
export function emptyPages(rows: number): ColumnPages {
  const { levels } = scratch;
  levels.fill(0, 0, rows);
  const out = pageWithLevels(rows, levels, 0);
  return onePage(out, Encoding.plain, rows, rows);
}
