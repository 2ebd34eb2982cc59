import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { TextColumn } from '@logmaster/core/event/columns/columns';
import { recordId } from '@logmaster/core/event/columns/read-event';
import { COVERED_FIELDS, type CoverageTally, type ParseStatus } from '@logmaster/parsers/coverage/tally';

/** Which tally each row from `first` on counts for; −1 for none. */
export interface RowSlots {
  readonly first: number;
  readonly slots: Int32Array;
  readonly tallies: readonly CoverageTally[];
}

/** Names of labels looked at in one batch: a hostile sender makes up as many as it likes. */
const MAX_LABEL_CODE = 1024;
/** Texts that are looked at in one call, and of each tally at least; of more, each stands for some. */
const TEXTS = 100;
const LEAST_TEXTS = 4;
/** Codes of statuses and of parsers are smaller: both have few values. */
const CODES = 65_536;
/** Bytes of a text that its pattern may need. */
const TEXT_BYTES = 1024;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Counts rows into their tallies. Costs a look at each cell that can say something new, and no string for a row. */
export function coverRows(batch: ColumnBatch, rows: RowSlots): void {
  coverStatuses(batch, rows);
  coverFields(batch, rows);
  coverLabels(batch, rows);
  coverErrors(batch, rows);
  coverTexts(batch, rows);
}

const textAt = ({ dictionary }: TextColumn, code: number, instead: string) =>
  code === 0 ? instead : dictionary.text(code);

function coverStatuses(batch: ColumnBatch, { first, slots, tallies }: RowSlots): void {
  const status = batch.text('logmaster.parse.status');
  const parser = batch.text('logmaster.parser');
  const runs = new Map<number, { slot: number; status: number; parser: number; records: number }>();
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as number;
    const [statusCode, parserCode] = [status.codes[first + index] as number, parser.codes[first + index] as number];
    const key = (slot * CODES + statusCode) * CODES + parserCode;
    const run = runs.get(key);
    if (run !== undefined) run.records += 1;
    else runs.set(key, { slot, status: statusCode, parser: parserCode, records: 1 });
  }
  for (const one of runs.values()) {
    const tally = tallies[one.slot];
    tally?.count(textAt(status, one.status, 'failed') as ParseStatus, textAt(parser, one.parser, 'none'), one.records);
  }
}

function coverFields(batch: ColumnBatch, rows: RowSlots): void {
  for (const [name, { codes, dictionary }] of batch.texts) {
    if (dictionary.size > 0 && COVERED_FIELDS.has(name)) coverColumn(name, rows, codes, true);
  }
  for (const [name, { values }] of batch.numbers) {
    if (COVERED_FIELDS.has(name)) coverColumn(name, rows, values, false);
  }
}

/** @param ofText cells are codes, 0 for none; else numbers, NaN for none */
function coverColumn(
  name: string,
  { first, slots, tallies }: RowSlots,
  cells: Int32Array | Float64Array,
  ofText: boolean,
): void {
  const lacking = Uint8Array.from(tallies, (tally) => (tally.hasField(name) ? 0 : 1));
  let left = lacking.reduce((sum, one) => sum + one, 0);
  for (let index = 0; left > 0 && index < slots.length; index++) {
    const cell = cells[first + index] as number;
    if (ofText ? cell === 0 : Number.isNaN(cell)) continue;
    const slot = slots[index] as number;
    if (slot < 0 || lacking[slot] === 0) continue;
    tallies[slot]?.field(name);
    lacking[slot] = 0;
    left--;
  }
}

function coverLabels({ labels }: ColumnBatch, { first, slots, tallies }: RowSlots): void {
  const width = Math.min(labels.keyNames.size, MAX_LABEL_CODE) + 1;
  if (width === 1) return;
  const seen = new Uint8Array(tallies.length * width);
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as number;
    if (slot < 0) continue;
    const end = labels.starts[first + index + 1] as number;
    for (let at = labels.starts[first + index] as number; at < end; at++) {
      const code = labels.keys[at] as number;
      if (code >= width || seen[slot * width + code] === 1) continue;
      seen[slot * width + code] = 1;
      tallies[slot]?.label(labels.keyNames.text(code));
    }
  }
}

function coverErrors(batch: ColumnBatch, { first, slots, tallies }: RowSlots): void {
  const { codes, dictionary } = batch.text('logmaster.parse.errors');
  if (dictionary.size === 0) return;
  const found = new Map<string, { slot: number; code: number; records: number; row: number }>();
  for (let index = 0; index < slots.length; index++) {
    const code = codes[first + index] as number;
    if (code === 0) continue;
    const slot = slots[index] as number;
    const key = `${slot} ${code}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { slot, code, records: 1, row: first + index });
    else known.records += 1;
  }
  for (const { slot, code, records, row } of found.values()) {
    tallies[slot]?.errors(dictionary.text(code), records, recordId(batch, row) ?? '');
  }
}

/** The texts of records that no parser took. */
function coverTexts(batch: ColumnBatch, { first, slots, tallies }: RowSlots): void {
  const status = batch.text('logmaster.parse.status');
  const isUnparsed = statusCodes(status, ['raw', 'failed']);
  if (!isUnparsed.includes(true)) return;
  const rowsOf = new Map<number, number[]>();
  for (let index = 0; index < slots.length; index++) {
    if (isUnparsed[status.codes[first + index] as number] !== true) continue;
    const slot = slots[index] as number;
    const rows = rowsOf.get(slot);
    if (rows === undefined) rowsOf.set(slot, [first + index]);
    else rows.push(first + index);
  }
  const most = Math.max(LEAST_TEXTS, Math.floor(TEXTS / rowsOf.size));
  for (const [slot, rows] of rowsOf) {
    const step = Math.ceil(rows.length / most);
    for (let at = 0; at < rows.length; at += step) {
      const row = rows[at] as number;
      tallies[slot]?.unparsed(textOf(batch, row), Math.min(step, rows.length - at), recordId(batch, row) ?? '');
    }
  }
}

/** By code, whether it stands for one of these words. */
function statusCodes({ dictionary }: TextColumn, words: readonly string[]): boolean[] {
  return Array.from({ length: dictionary.size + 1 }, (_, code) => code > 0 && words.includes(dictionary.text(code)));
}

/** The beginning of the message. */
function textOf(batch: ColumnBatch, row: number): string {
  const { original } = batch;
  const source = original.sources[row];
  if (source === undefined) return textAt(batch.text('message'), batch.text('message').codes[row] as number, '');
  const from = original.from[row] as number;
  const text = decoder.decode(source.subarray(from, Math.min(original.to[row] as number, from + TEXT_BYTES)));
  return text.slice(Math.max(0, batch.messageAt[row] as number));
}
