import { isUtf8 } from 'node:buffer';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { ALL_MARKS, KeySlot } from '../key-slots.ts';
import { NEW_KEY, type PairScanner } from './pair-scanner.ts';
import { type RecordColumns, recordColumns } from './record-columns.ts';
import { codeOf } from './value-codes.ts';
import { ValueWriter } from './value-writer.ts';

/** Of one record. A record that brings more is somebody's invention, and each costs another look at it. */
const MAX_NEW_KEYS = 64;
/** Bits of a token's first word and of a miss's third. */
const ABSENT = 0x8000_0000 | 0;
const ESCAPED = ABSENT;
const REST = 0x7fff_ffff;

/** Reads the `key=value` pairs of records into the rows of one batch. */
export class PairReader {
  private readonly batch: ColumnBatch;
  readonly scanner: PairScanner;
  private readonly writer = new ValueWriter();
  private slots: KeySlot[] = [];
  private generation: number;
  columns: RecordColumns;

  constructor(batch: ColumnBatch, scanner: PairScanner) {
    this.batch = batch;
    this.scanner = scanner;
    this.generation = batch.generation;
    this.columns = recordColumns(batch);
    scanner.calls.forgetAll();
    this.writer.use(this.slots);
  }

  /** Before each record: the batch may have been cleared. */
  refresh(): RecordColumns {
    if (this.generation !== this.batch.generation) {
      this.generation = this.batch.generation;
      this.columns = recordColumns(this.batch);
      for (const slot of this.slots) slot.bind(this.batch);
      this.writer.use(this.slots);
      this.scanner.calls.forgetCodes();
    }
    return this.columns;
  }

  /** All pairs of bytes[from, end); false when one needs the long way, or the record is not FortiOS' own. */
  read(bytes: Uint8Array, from: number, end: number, row: number): boolean {
    const { columns, scanner, writer } = this;
    const offset = scanner.load(bytes, from, end);
    const count = offset === undefined ? -1 : this.scan(offset + from, offset + end);
    if (count < 0) return false;
    columns.words.reset();
    writer.reset();
    const { tokens, numbers } = scanner;
    for (let index = 0; index < count; index++) {
      const word = tokens[index * 4] as number;
      const code = tokens[index * 4 + 1] as number;
      const number = numbers[index * 2 + 1] as number;
      if (!writer.write(columns, word & REST, code, number, (word & ABSENT) !== 0, row)) return false;
    }
    if (scanner.calls.sawHighBit() !== 0 && !isUtf8(bytes.subarray(from, end))) return false;
    return scanner.calls.marksSeen() === ALL_MARKS && writer.writeKinds(columns, row);
  }

  /** The number of tokens, or a negative one. Keys that nobody has sent before become slots. */
  private scan(from: number, end: number): number {
    const { calls } = this.scanner;
    for (let looks = 0; looks <= MAX_NEW_KEYS; looks++) {
      const count = calls.scan(from, end);
      // However it ended: what it saw is known from now on.
      this.giveCodes(calls.missCount());
      if (count !== NEW_KEY) return count;
      this.addKey(calls.newKeyFrom(), calls.newKeyTo());
    }
    return -1;
  }

  private addKey(from: number, to: number): void {
    const { calls, bytes } = this.scanner;
    const slot = new KeySlot(Buffer.from(bytes.buffer, from, to - from).toString('latin1'));
    const add = () => calls.addSlot(from, to - from, slot.kind, slot.mark, slot.first ? 1 : 0);
    let place = add();
    if (place < 0) {
      // Senders make up keys: all are forgotten, and those in use come back.
      calls.forgetAll();
      this.slots = [];
      this.writer.use(this.slots);
      place = add();
    }
    slot.bind(this.batch);
    this.slots[place] = slot;
    this.writer.learn(place);
  }

  /** What is new among the record's values. */
  private giveCodes(count: number): void {
    const { columns, scanner, slots } = this;
    const { misses, bytes } = scanner;
    for (let index = 0; index < count; index++) {
      const slot = slots[misses[index * 8] as number] as KeySlot;
      const from = misses[index * 8 + 1] as number;
      const to = misses[index * 8 + 2] as number;
      scanner.give(index, codeOf(columns, slot, bytes, from, to & REST, (to & ESCAPED) !== 0));
    }
  }
}
