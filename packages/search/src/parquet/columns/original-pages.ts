import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { writePlainText } from '../encodings.ts';
import type { ColumnPages } from '../file-writer.ts';
import { Encoding, type Page } from '../pages.ts';
import { pageWithLevels } from './data-page.ts';
import { scratch } from './scratch.ts';

/** Raw text of one page: one that a search can pass over, and that zstd's window holds. */
const TEXT_PAGE_BYTES = 1024 * 1024;

/** Raw texts as they are, in pages that are compressed and read one by one. */
export function originalPages({ original }: ColumnBatch, order: Uint32Array): ColumnPages {
  const { sources, from, to } = original;
  const { levels } = scratch;
  const pages: Page[] = [];
  let nulls = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let bytes = 0;
    for (; end < order.length && (bytes < TEXT_PAGE_BYTES || end === start); end++) {
      const row = order[end] as number;
      const present = sources[row] !== undefined;
      levels[end - start] = present ? 1 : 0;
      if (present) bytes += 4 + (to[row] as number) - (from[row] as number);
      else nulls++;
    }
    const out = pageWithLevels(end - start, levels, bytes);
    for (let index = start; index < end; index++) {
      const row = order[index] as number;
      const source = sources[row];
      if (source !== undefined) writePlainText(out, source, from[row] as number, to[row] as number);
    }
    pages.push({ bytes: out.view(), values: end - start, encoding: Encoding.plain, isDictionary: false });
    start = end;
  }
  return { pages, values: order.length, nulls };
}
