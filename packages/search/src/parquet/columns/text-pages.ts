import type { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import type { ColumnPages } from '../file-writer.ts';
import { codedPages } from './coded-pages.ts';
import { emptyPages, pageWithLevels } from './data-page.ts';
import { scratch } from './scratch.ts';

/** Texts of a column, as codes into its dictionary. */
export function textPages(codes: Int32Array, dictionary: ByteDictionary, order: Uint32Array): ColumnPages {
  const rows = order.length;
  const { levels, codes: present } = scratch;
  let count = 0;
  for (let index = 0; index < rows; index++) {
    const code = codes[order[index] as number] as number;
    levels[index] = code === 0 ? 0 : 1;
    if (code !== 0) present[count++] = code;
  }
  if (count === 0) return emptyPages(rows);
  return codedPages(present, count, dictionary, rows, (expected) => pageWithLevels(rows, levels, expected));
}
