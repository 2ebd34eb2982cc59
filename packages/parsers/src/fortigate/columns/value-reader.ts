import type { TextColumn } from '@logmaster/core/event/columns/column-batch';
import { isAbsent, isQuad, readDigits, unescapeInto } from '../../columns/pairs.ts';
import { canonicalIp } from '../../values/ip.ts';
import { type KeySlot, Kind } from '../key-slots.ts';
import { readEventtime } from './eventtime.ts';
import type { RecordColumns } from './record-columns.ts';

const MAX_SECONDS = 9_007_199;
const MAX_PORT = 65_535;
const NANOS_PER_SECOND = 1_000_000_000;

/** Reads values into the `last…` of their slots. False: the record has to be read the long way. */
export class ValueReader {
  private scratch = new Uint8Array(1024);

  /** Reads bytes[from, to), without quotes, with its escapes. */
  read(
    columns: RecordColumns,
    slot: KeySlot,
    bytes: Uint8Array,
    from: number,
    to: number,
    escaped: boolean,
    row: number,
  ): boolean {
    if (!slot.isBound(columns.batch)) slot.bind(columns.batch);
    if (!escaped) return readValue(columns, slot, bytes, from, to, row);
    if (this.scratch.length < to - from) this.scratch = new Uint8Array(2 * (to - from));
    const length = unescapeInto(bytes, from, to, this.scratch);
    return readValue(columns, slot, this.scratch, 0, length, row);
  }
}

function readValue(
  columns: RecordColumns,
  slot: KeySlot,
  bytes: Uint8Array,
  from: number,
  to: number,
  row: number,
): boolean {
  const { kind } = slot;
  slot.lastAbsent = isAbsent(bytes, from, to);
  if (kind >= Kind.date) return readWord(columns, slot, bytes, from, to);
  if (slot.lastAbsent) return true;
  if (kind === Kind.text) {
    slot.lastCode = (slot.text as TextColumn).dictionary.code(bytes, from, to);
    return true;
  }
  if (kind === Kind.label) return readLabel(columns, slot, bytes, from, to);
  if (kind === Kind.ip) return readAddress(slot, bytes, from, to, row);
  if (kind === Kind.memo) {
    slot.lastCells = slot.memo?.cellsFor(bytes, from, to);
    return slot.lastCells !== undefined;
  }
  return readNumber(slot, bytes, from, to);
}

function readNumber(slot: KeySlot, bytes: Uint8Array, from: number, to: number): boolean {
  const { kind } = slot;
  const value = readDigits(bytes, from, to);
  if (value < 0 || (kind === Kind.port && value > MAX_PORT) || (kind === Kind.seconds && value > MAX_SECONDS)) {
    return false;
  }
  slot.lastNumber = kind === Kind.seconds ? value * NANOS_PER_SECOND : value;
  return true;
}

function readAddress(slot: KeySlot, bytes: Uint8Array, from: number, to: number, row: number): boolean {
  const { codes, dictionary } = slot.text as TextColumn;
  if (slot.first && codes[row] !== 0) return true;
  const code = dictionary.code(bytes, from, to);
  let canonical = slot.canonical[code];
  if (canonical === undefined) {
    if (isQuad(bytes, from, to)) canonical = code;
    else {
      const text = canonicalIp(dictionary.text(code));
      canonical = text === undefined ? 0 : dictionary.codeOfText(text);
    }
    slot.canonical[code] = canonical;
  }
  slot.lastCode = canonical;
  return canonical !== 0;
}

/** Keys that say what the record is, and when; some of them are labels, too. */
function readWord(columns: RecordColumns, slot: KeySlot, bytes: Uint8Array, from: number, to: number): boolean {
  const { kind } = slot;
  if (kind === Kind.longWay) return false;
  if (kind === Kind.eventtime) {
    slot.lastNumber = readEventtime(bytes, from, to);
    return true;
  }
  slot.lastCode = from === to ? 0 : columns.words.dictionary.code(bytes, from, to);
  const isLabel = kind === Kind.type || kind === Kind.subtype || kind === Kind.status;
  return !isLabel || slot.lastAbsent || readLabel(columns, slot, bytes, from, to);
}

function readLabel({ batch }: RecordColumns, slot: KeySlot, bytes: Uint8Array, from: number, to: number): true {
  const texts = batch.labels.valueTexts;
  if (slot.labelValue === 0 || !texts.holds(slot.labelValue, bytes, from, to)) {
    slot.labelValue = texts.code(bytes, from, to);
  }
  return true;
}
