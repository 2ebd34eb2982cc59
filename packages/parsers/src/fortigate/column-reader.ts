import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { EQUALS, SPACE } from '../columns/pairs.ts';
import { ScannerPool } from '../columns/scanner-pool.ts';
import { writeCells } from '../columns/setter-memo.ts';
import type { ParseContext } from '../contracts.ts';
import type { ZoneClock } from '../time/zone.ts';
import { PairReader } from './columns/pair-reader.ts';
import { PairScanner } from './columns/pair-scanner.ts';
import { readPriority } from './columns/priority.ts';
import { writeClass } from './columns/record-class.ts';
import type { RecordColumns } from './columns/record-columns.ts';
import { writeTime } from './columns/record-time.ts';

/** As in parser.ts. */
const DATE_LENGTH = 15;
const COMMA = 0x2c;

/**
 * FortiOS records from bytes straight into columns; the meaning is that of parser.ts. `read` gives false for every
 * record that is not a plain one (another header, an error to note, an unusual time, text that is not UTF-8): it may
 * have written cells then, which the caller takes back.
 */
export class FortigateColumnReader {
  private readonly zones: ZoneClock;
  private readonly readers = new ScannerPool(
    () => new PairScanner(),
    (batch, scanner) => new PairReader(batch, scanner),
  );

  constructor(zones: ZoneClock) {
    this.zones = zones;
  }

  /** Does the record look like one that `read` takes? A few bytes only. */
  accepts(bytes: Uint8Array, from: number, to: number): boolean {
    let at = from;
    if (bytes[from] === 0x3c) for (at += 2; at < from + 5 && bytes[at - 1] !== 0x3e; at++);
    return startsWithDate(bytes, at, to);
  }

  /** Reads bytes[from, to), one record, into the row in the making. */
  read(batch: ColumnBatch, bytes: Uint8Array, from: number, to: number, context: ParseContext): boolean {
    const row = batch.rows;
    const pairs = this.readers.of(batch);
    const columns = pairs.refresh();
    let end = to;
    while (end > from && isTrailing(bytes[end - 1] as number)) end--;
    const messageAt = readPriority(columns, bytes, from, end, row);
    if (messageAt < 0 || !startsWithDate(bytes, messageAt, end)) return false;
    if (!pairs.read(bytes, messageAt, end, row)) return false;
    writeCells(columns.constants, row);
    if (!writeClass(columns, row)) return false;
    writeSums(columns, row);
    if (!writeTime(columns, row, context, this.zones)) return false;
    batch.setOriginal(bytes, from, to);
    if (end === to) batch.messageAt[row] = messageAt - from;
    else {
      const message = batch.text('message');
      message.codes[row] = message.dictionary.code(bytes, messageAt, end);
    }
    return true;
  }
}

/** Bytes and packets of both directions; none where one of them is unknown, as NaN. */
function writeSums({ sums }: RecordColumns, row: number): void {
  for (const [sum, a, b] of sums) {
    const total = (a.values[row] as number) + (b.values[row] as number);
    sum.values[row] = total;
  }
}

/** `date=2026-11-23`; a comma behind it is the CSV form, which goes the long way. */
function startsWithDate(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + DATE_LENGTH < end &&
    bytes[at + DATE_LENGTH] !== COMMA &&
    bytes[at] === 0x64 &&
    bytes[at + 1] === 0x61 &&
    bytes[at + 2] === 0x74 &&
    bytes[at + 3] === 0x65 &&
    bytes[at + 4] === EQUALS
  );
}

/** As text.ts trims. */
function isTrailing(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0 || byte === SPACE;
}
