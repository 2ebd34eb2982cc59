import type { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { isNumberField, isTextField } from '@logmaster/core/event/columns/column-batch';
import { FIELD_NAMES } from '@logmaster/core/event/fields';
import { ByteWriter } from './byte-writer.ts';
import {
  codeWidth,
  fitsDelta,
  longBytes,
  writeDeltas,
  writeHybrid,
  writePlainLongs,
  writePlainText,
} from './encodings.ts';
import type { ColumnPages } from './file-writer.ts';
import { Encoding, type Page } from './pages.ts';

/**
 * The pages of one row group: `order` names the rows of a batch that it holds, in its order. Definition levels say
 * which rows have a value, then come the values: texts as codes into a dictionary, unless nearly each is different,
 * numbers as packed differences.
 */

/** Raw text of one page: one that a search can pass over, and that zstd's window holds. */
const TEXT_PAGE_BYTES = 1024 * 1024;
/** Longer values are no minimum or maximum worth keeping. */
const MAX_STATISTIC_BYTES = 64;

/** Work space that is as long as the longest row group. */
class Scratch {
  codes = new Int32Array(0);
  levels = new Uint8Array(0);
  numbers = new Float64Array(0);

  fit(rows: number): void {
    if (this.codes.length >= rows) return;
    this.codes = new Int32Array(rows);
    this.levels = new Uint8Array(rows);
    this.numbers = new Float64Array(rows);
  }
}
const scratch = new Scratch();

export function eventPages(batch: ColumnBatch, order: Uint32Array): ColumnPages[] {
  scratch.fit(Math.max(order.length, batch.labels.count));
  const columns = FIELD_NAMES.map((name): ColumnPages => {
    if (name === 'event.original') return originalPages(batch, order);
    if (name === 'logmaster.record.id') return idPages(batch, order);
    if (isNumberField(name)) return numberPages(batch.numbers.get(name)?.values, order);
    if (!isTextField(name)) throw new TypeError(`${name} is neither text nor number`);
    const column = batch.texts.get(name);
    return column === undefined ? emptyPages(order.length) : textPages(column.codes, column.dictionary, order);
  });
  return [...columns, ...labelPages(batch, order), messageAtPages(batch, order)];
}

/** A data page that begins with definition levels: `levels[0, rows)` are 0 or 1. */
function pageWithLevels(rows: number, levels: Uint8Array, expected: number): ByteWriter {
  const out = new ByteWriter(expected + rows / 8 + 64);
  writeLevels(out, levels, rows, 1);
  return out;
}

/** Levels of a version 1 data page: their length in four bytes, then a hybrid. */
function writeLevels(out: ByteWriter, levels: Uint8Array, count: number, width: number): void {
  out.u32(0);
  const start = out.length;
  writeHybrid(out, levels, count, width);
  out.bytes.writeUInt32LE(out.length - start, start - 4);
}

function emptyPages(rows: number): ColumnPages {
  const { levels } = scratch;
  levels.fill(0, 0, rows);
  const out = pageWithLevels(rows, levels, 0);
  const page: Page = { bytes: out.view(), values: rows, encoding: Encoding.plain, isDictionary: false };
  return { pages: [page], values: rows, nulls: rows };
}

function textPages(codes: Int32Array, dictionary: ByteDictionary, order: Uint32Array): ColumnPages {
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

/** Pages of `count` codes: dictionary and codes, or the values themselves. `begin` gives a page that has its levels. */
function codedPages(
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
    const page: Page = { bytes: out.view(), values, encoding: Encoding.plain, isDictionary: false };
    return { pages: [page], values, nulls, least, most };
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

/** The values that occur, in the order in which they do first, with the place of each code among them. */
function usedValues(codes: Int32Array, count: number, { size, bytes, offsets }: ByteDictionary) {
  const places = new Int32Array(size + 1).fill(-1);
  const order = new Int32Array(Math.min(size, count));
  let found = 0;
  let total = 0;
  let least = 0;
  let most = 0;
  let longest = 0;
  for (let index = 0; index < count; index++) {
    const code = codes[index] as number;
    if (places[code] !== -1) continue;
    places[code] = found;
    order[found++] = code;
    const length = (offsets[code] as number) - (offsets[code - 1] as number);
    total += length;
    if (length > longest) longest = length;
    if (least === 0 || compare(code, least) < 0) least = code;
    if (most === 0 || compare(code, most) > 0) most = code;
  }
  const value = (code: number) =>
    longest > MAX_STATISTIC_BYTES || code === 0
      ? undefined
      : bytes.slice(offsets[code - 1] as number, offsets[code] as number);
  return { places, order, size: found, bytes: total, least: value(least), most: value(most) };

  function compare(a: number, b: number): number {
    let at = offsets[a - 1] as number;
    let other = offsets[b - 1] as number;
    const end = offsets[a] as number;
    const otherEnd = offsets[b] as number;
    while (at < end && other < otherEnd) {
      const difference = (bytes[at++] as number) - (bytes[other++] as number);
      if (difference !== 0) return difference;
    }
    return end - at - (otherEnd - other);
  }
}

function numberPages(values: Float64Array | undefined, order: Uint32Array): ColumnPages {
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
  return {
    pages: [{ bytes: out.view(), values: rows, encoding, isDictionary: false }],
    values: rows,
    nulls: rows - count,
    least: longBytes(least),
    most: longBytes(most),
  };
}

function messageAtPages({ messageAt }: ColumnBatch, order: Uint32Array): ColumnPages {
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
  return {
    pages: [{ bytes: out.view(), values: rows, encoding: Encoding.delta, isDictionary: false }],
    values: rows,
    nulls: rows - count,
  };
}

/** Raw texts as they are, in pages that are compressed and read one by one. */
function originalPages({ original }: ColumnBatch, order: Uint32Array): ColumnPages {
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

/** Record ids are all different, and made of a prefix and a number: written out, zstd sees what they share. */
function idPages({ idPrefix, idSequence }: ColumnBatch, order: Uint32Array): ColumnPages {
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
  return {
    pages: [{ bytes: out.view(), values: rows, encoding: Encoding.plain, isDictionary: false }],
    values: rows,
    nulls,
  };
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

/** MAP columns: repetition 1 for further entries of a row; definition 0 no map, 1 an empty one, 2 a key, 3 a value. */
function labelPages({ labels }: ColumnBatch, order: Uint32Array): [keys: ColumnPages, values: ColumnPages] {
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
  const page: Page = { bytes: begin(0).view(), values: entries, encoding: Encoding.plain, isDictionary: false };
  return { pages: [page], values: entries, nulls: entries };
}
