import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { ByteWriter } from '../byte-writer.ts';
import { writePlainText } from '../encodings.ts';
import type { ColumnPages } from '../file-writer.ts';
import { Encoding } from '../pages.ts';
import { onePage, pageWithLevels } from './data-page.ts';
import { scratch } from './scratch.ts';

/** Record ids are all different, and made of a prefix and a number: written out, zstd sees what they share. */
export function idPages({ idPrefix, idSequence }: ColumnBatch, order: Uint32Array): ColumnPages {
  const rows = order.length;
  const { levels } = scratch;
  const { bytes, offsets } = idPrefix.dictionary;
  let nulls = 0;
  for (let index = 0; index < rows; index++) {
    const present = idPrefix.codes[order[index] as number] !== 0;
    levels[index] = present ? 1 : 0;
    if (!present) nulls++;
  }
  const out = pageWithLevels(rows, levels, rows * 24);
  for (let index = 0; index < rows; index++) {
    const row = order[index] as number;
    const code = idPrefix.codes[row] as number;
    if (code === 0) continue;
    const at = out.length;
    writePlainText(out, bytes, offsets[code - 1] as number, offsets[code] as number);
    const sequence = idSequence.values[row] as number;
    if (Number.isNaN(sequence)) continue;
    writeDecimal(out, sequence);
    out.bytes.writeUInt32LE(out.length - at - 4, at);
  }
  return onePage(out, Encoding.plain, rows, nulls);
}

function writeDecimal(out: ByteWriter, value: number): void {
  let digits = 1;
  for (let power = 10; value >= power; power *= 10) digits++;
  const at = out.reserve(digits);
  out.length = at + digits;
  let rest = value;
  for (let place = at + digits - 1; place >= at; place--) {
    const above = Math.floor(rest / 10);
    out.bytes[place] = 0x30 + rest - above * 10;
    rest = above;
  }
}
