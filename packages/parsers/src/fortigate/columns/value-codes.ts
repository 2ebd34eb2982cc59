import type { TextColumn } from '@logmaster/core/event/columns/columns';
import { isAbsent, isQuad, unescapeInto } from '../../columns/pairs.ts';
import { type CellWrites, withoutLabels } from '../../columns/setter-memo.ts';
import { canonicalIp } from '../../values/ip.ts';
import { isUnspecified, NO_SESSION } from '../fields.ts';
import { isLabelWord, type KeySlot, Kind } from '../key-slots.ts';
import { productOf } from '../products.ts';
import type { RecordColumns } from './record-columns.ts';

/** A value that has to be read the long way. */
export const NO_CODE = -1;

const scratch = { bytes: new Uint8Array(1024) };

/** What a value that was not seen before is in a batch. `escaped`: it stands there with its backslashes. */
export function codeOf(
  columns: RecordColumns,
  slot: KeySlot,
  bytes: Uint8Array,
  from: number,
  to: number,
  escaped: boolean,
): number {
  if (!escaped) return codeOfPlain(columns, slot, bytes, from, to);
  if (scratch.bytes.length < to - from) scratch.bytes = new Uint8Array(2 * (to - from));
  return codeOfPlain(columns, slot, scratch.bytes, 0, unescapeInto(bytes, from, to, scratch.bytes));
}

function codeOfPlain(
  { batch, words }: RecordColumns,
  slot: KeySlot,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  const { kind } = slot;
  const texts = batch.labels.valueTexts;
  if (kind >= Kind.date) {
    const code = words.dictionary.code(bytes, from, to);
    if (isLabelWord(kind) && !isAbsent(bytes, from, to)) slot.labelValues[code] = texts.code(bytes, from, to);
    return code;
  }
  if (kind === Kind.label) return texts.code(bytes, from, to);
  if (kind === Kind.memo) return codeOfCells(slot, withoutLabels(slot.memo?.cellsFor(bytes, from, to)));
  const { dictionary } = slot.text as TextColumn;
  const code = dictionary.code(bytes, from, to);
  // Zeros mean different things in different records.
  if (kind === Kind.ip && isUnspecified(dictionary.text(code))) return NO_CODE;
  if (slot.isSerial && productOf(dictionary.text(code)) !== undefined) return NO_CODE;
  if (slot.isSession && dictionary.text(code) === NO_SESSION) return NO_CODE;
  if (kind === Kind.text || isQuad(bytes, from, to)) return code;
  const canonical = canonicalIp(dictionary.text(code));
  return canonical === undefined ? NO_CODE : dictionary.codeOfText(canonical);
}

function codeOfCells(slot: KeySlot, cells: CellWrites | undefined): number {
  return cells === undefined ? NO_CODE : slot.cells.push(cells) - 1;
}
