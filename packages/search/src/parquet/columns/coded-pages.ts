import type { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { ByteWriter } from '../byte-writer.ts';
import { codeWidth, writeHybrid, writePlainText } from '../encodings.ts';
import type { ColumnPages } from '../file-writer.ts';
import { Encoding } from '../pages.ts';
import { onePage } from './data-page.ts';
import { usedValues } from './used-values.ts';

/** Pages of `count` codes: dictionary and codes, or the values themselves. `begin` gives a page that has its levels. */
export function codedPages(
  codes: Int32Array,
  count: number,
  dictionary: ByteDictionary,
  values: number,
  begin: (expectedBytes: number) => ByteWriter,
): ColumnPages {
  const used = usedValues(codes, count, dictionary);
  const { least, most } = used;
  const nulls = values - count;
  const { bytes, offsets } = dictionary;
  if (used.size * 4 > count * 3 && count > 16) {
    const out = begin(used.bytes + count * 4);
    for (let index = 0; index < count; index++) {
      const code = codes[index] as number;
      writePlainText(out, bytes, offsets[code - 1] as number, offsets[code] as number);
    }
    return { ...onePage(out, Encoding.plain, values, nulls), least, most };
  }
  const list = new ByteWriter(used.bytes + used.size * 4 + 16);
  for (let index = 0; index < used.size; index++) {
    const code = used.order[index] as number;
    writePlainText(list, bytes, offsets[code - 1] as number, offsets[code] as number);
  }
  for (let index = 0; index < count; index++) codes[index] = used.places[codes[index] as number] as number;
  const width = codeWidth(used.size - 1);
  const out = begin((count * width) / 8);
  out.byte(width);
  writeHybrid(out, codes, count, width);
  return {
    pages: [
      { bytes: list.view(), values: used.size, encoding: Encoding.plain, isDictionary: true },
      { bytes: out.view(), values, encoding: Encoding.dictionary, isDictionary: false },
    ],
    values,
    nulls,
    least,
    most,
  };
}
