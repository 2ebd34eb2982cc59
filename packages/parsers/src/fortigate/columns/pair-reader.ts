import { isUtf8 } from 'node:buffer';
import { EQUALS, isSeparator, QUOTE, SPACE } from '../../columns/pairs.ts';
import { ALL_MARKS, type KeySlot, KeySlots } from '../key-slots.ts';
import type { RecordColumns } from './record-columns.ts';
import { remember, repeatEnd } from './repeats.ts';
import { ValueReader } from './value-reader.ts';
import { hasHighBit, ValueScan } from './value-scan.ts';
import { ValueWriter } from './value-writer.ts';

/** As in parser.ts: where the keys stand by which a record is recognised. */
const HEAD = 400;

/** The `key=value` pairs of a record: which key each has, where its value ends, and whether it repeats the last one. */
export class PairReader {
  private readonly slots = new KeySlots();
  private readonly values = new ValueReader();
  private readonly writer = new ValueWriter();
  private readonly scan = new ValueScan();
  private firstSlot: KeySlot | undefined;
  private viewed: Uint8Array | undefined;
  private view: DataView = new DataView(new ArrayBuffer(0));

  /** All pairs; false when one needs the long way, or the record is not FortiOS' own. */
  read(columns: RecordColumns, bytes: Uint8Array, from: number, end: number, row: number): boolean {
    const view = this.viewOf(bytes);
    const { batch } = columns;
    const { scan, values, writer } = this;
    columns.words.reset();
    writer.reset();
    let seen = 0;
    let marks = 0;
    let previous: KeySlot | undefined;
    let at = from;
    while (at < end) {
      let slot = previous === undefined ? this.firstSlot : previous.next;
      const repeated = slot?.repeatable === true && slot.isBound(batch) ? repeatEnd(view, at, end, slot) : -1;
      if (slot !== undefined && repeated > 0) {
        if (slot.mark !== 0 && isMark(bytes, from, at, at + slot.key.length + 1)) marks |= slot.mark;
        seen |= slot.lastSeen;
        if (!writer.write(columns, slot, row)) return false;
        at = repeated;
      } else {
        let valueAt = slot === undefined ? -1 : behindKey(bytes, at, end, slot.key);
        if (valueAt < 0 || slot === undefined) {
          let equals = at;
          while (equals < end && bytes[equals] !== EQUALS) seen |= bytes[equals++] as number;
          if (equals === end) break;
          slot = this.slotBefore(bytes, at, equals, previous);
          if (slot === undefined) return false;
          valueAt = equals + 1;
        }
        const keyAt = valueAt - 1 - slot.key.length;
        if (slot.mark !== 0 && isMark(bytes, from, keyAt, valueAt)) marks |= slot.mark;
        const isQuoted = valueAt < end && bytes[valueAt] === QUOTE;
        if (isQuoted) valueAt += 1;
        const valueEnd = isQuoted ? scan.quoted(bytes, view, valueAt, end) : scan.bare(bytes, valueAt, end);
        if (valueEnd < 0) return false;
        const { bits, escaped } = scan;
        seen |= bits;
        at = valueEnd + 1;
        slot.repeatable = false;
        if (slot.key.length > 0) {
          if (!values.read(columns, slot, bytes, valueAt, valueEnd, escaped, row)) return false;
          if (!writer.write(columns, slot, row)) return false;
          // A quote ends a value together with what follows it.
          const next = bytes[valueEnd] === QUOTE ? valueEnd + 2 : valueEnd + 1;
          if (!escaped && !slot.first && next <= end) remember(slot, bytes, keyAt, next, bits);
        }
      }
      while (at < end && isSeparator(bytes[at] as number)) at++;
      previous = slot;
    }
    if (hasHighBit(seen) && !isUtf8(bytes.subarray(from, end))) return false;
    return marks === ALL_MARKS && writer.writeKinds(columns, row);
  }

  /** Slot of the key that ends at `equals`, henceforth expected behind `previous`. */
  private slotBefore(
    bytes: Uint8Array,
    from: number,
    equals: number,
    previous: KeySlot | undefined,
  ): KeySlot | undefined {
    let keyAt = equals;
    while (keyAt > from && bytes[keyAt - 1] !== SPACE) keyAt--;
    const slot = this.slots.find(bytes, keyAt, equals);
    if (slot === undefined) return undefined;
    if (previous === undefined) this.firstSlot = slot;
    else previous.next = slot;
    return slot;
  }

  /** Records of one block share its bytes. */
  private viewOf(bytes: Uint8Array): DataView {
    if (this.viewed !== bytes) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.view;
  }
}

/** Does a key by which a record is recognised stand where it is looked for? */
function isMark(bytes: Uint8Array, from: number, keyAt: number, valueAt: number): boolean {
  return valueAt - from <= HEAD && keyAt > from && bytes[keyAt - 1] === SPACE;
}

/** Position behind `key=` when it stands at `at`, else −1. */
function behindKey(bytes: Uint8Array, at: number, end: number, key: Uint8Array): number {
  const length = key.length;
  if (at + length >= end) return -1;
  for (let index = 0; index < length; index++) if (bytes[at + index] !== key[index]) return -1;
  return bytes[at + length] === EQUALS ? at + length + 1 : -1;
}
