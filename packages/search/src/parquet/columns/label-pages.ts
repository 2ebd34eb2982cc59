import type { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { ByteWriter } from '../byte-writer.ts';
import type { ColumnPages } from '../file-writer.ts';
import { Encoding } from '../pages.ts';
import { codedPages } from './coded-pages.ts';
import { onePage, writeLevels } from './data-page.ts';

/** MAP columns: repetition 1 for further entries of a row; definition 0 no map, 1 an empty one, 2 a key, 3 a value. */
export function labelPages({ labels }: ColumnBatch, order: Uint32Array): [keys: ColumnPages, values: ColumnPages] {
  let entries = 0;
  let count = 0;
  for (let index = 0; index < order.length; index++) {
    const row = order[index] as number;
    const length = (labels.starts[row + 1] as number) - (labels.starts[row] as number);
    entries += Math.max(1, length);
    count += length;
  }
  const repetition = new Uint8Array(entries);
  const definition = new Uint8Array(entries);
  const keys = new Int32Array(count);
  const values = new Int32Array(count);
  let at = 0;
  let out = 0;
  for (let index = 0; index < order.length; index++) {
    const row = order[index] as number;
    const start = labels.starts[row] as number;
    const end = labels.starts[row + 1] as number;
    if (start === end) definition[at++] = labels.present[row] as number;
    for (let entry = start; entry < end; entry++) {
      repetition[at] = entry === start ? 0 : 1;
      definition[at++] = 2;
      keys[out] = labels.keys[entry] as number;
      values[out++] = labels.values[entry] as number;
    }
  }
  const begin = (expected: number) => {
    const page = new ByteWriter(expected + entries / 2 + 64);
    writeLevels(page, repetition, entries, 1);
    writeLevels(page, definition, entries, 2);
    return page;
  };
  const keyPages = leafPages(keys, count, labels.keyNames, entries, begin);
  for (let index = 0; index < entries; index++) if (definition[index] === 2) definition[index] = 3;
  return [keyPages, leafPages(values, count, labels.valueTexts, entries, begin)];
}

function leafPages(
  codes: Int32Array,
  count: number,
  dictionary: ByteDictionary,
  entries: number,
  begin: (expected: number) => ByteWriter,
): ColumnPages {
  if (count > 0) return codedPages(codes, count, dictionary, entries, begin);
  return onePage(begin(0), Encoding.plain, entries, entries);
}
