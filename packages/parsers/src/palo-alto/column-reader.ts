import { isUtf8 } from 'node:buffer';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { ParseContext } from '../contracts.ts';
import { type HeaderPlaces, placeHeader } from '../syslog/header-places.ts';
import { startsWith } from '../syslog/units.ts';
import type { ZoneClock } from '../time/zone.ts';
import { BatchRows } from './columns/batch-rows.ts';
import { ROW_LAYOUTS } from './columns/layouts.ts';
import { RowScanner } from './columns/row-scanner.ts';
import { HEAD } from './parser.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;
/** Each has 9 MiB of memory, of which little is touched; a stream of the journal has two batches in turn. */
const MAX_SCANNERS = 8;

/**
 * PAN-OS' rows from bytes straight into columns; the meaning is that of parser.ts. `read` gives false for every row that is
 * not a plain one (another prefix, padded or doubly quoted values, something to note). It may have written cells then,
 * which the caller takes back.
 */
export class PaloAltoColumnReader {
  private readonly zones: ZoneClock;
  /** The one used last stands last. */
  private readonly known = new Map<ColumnBatch, BatchRows>();
  private lastBatch: ColumnBatch | undefined;
  private lastRows: BatchRows | undefined;

  constructor(zones: ZoneClock) {
    this.zones = zones;
  }

  /**
   * Does the message begin with a counter, a date and, as fourth value, a type that is read here? Its number, or −1. A few
   * bytes only.
   */
  layoutOf(bytes: Uint8Array, messageAt: number, end: number): number {
    const code = messageAt < end ? (bytes[messageAt] as number) : 0;
    if (code < 0x30 || code > 0x39) return -1;
    let at = messageAt;
    for (let comma = 0; comma < 3; comma++) {
      const limit = Math.min(end, at + (comma === 0 ? 21 : 64));
      while (at < limit && bytes[at] !== COMMA) at++;
      if (at >= limit) return -1;
      if (comma === 0 && !isDate(bytes, at, end)) return -1;
      at += 1;
      if (bytes[at] === QUOTE) return -1;
    }
    const limit = Math.min(end, messageAt + HEAD);
    for (let layout = 0; layout < TYPES.length; layout++) {
      if (startsWith(bytes, at, limit, TYPES[layout] as string)) return layout;
    }
    return -1;
  }

  /**
   * The same of a record that is not all ASCII: it must be UTF-8, with nothing but ASCII as far as a header could reach.
   * Finds the header.
   */
  layoutOfUtf8(bytes: Uint8Array, from: number, end: number, to: number, header: HeaderPlaces): number {
    placeHeader(bytes, from, end, header);
    const layout = this.layoutOf(bytes, header.messageAt, end);
    if (layout < 0) return -1;
    const limit = Math.min(end, header.messageAt + HEAD);
    for (let at = from; at < limit; at++) if ((bytes[at] as number) > 0x7f) return -1;
    return isUtf8(bytes.subarray(from, to)) ? layout : -1;
  }

  /** The record in UTF-8 in bytes[from, to), whose text ends at `end`, into the row in the making. */
  read(
    batch: ColumnBatch,
    layout: number,
    isAscii: boolean,
    bytes: Uint8Array,
    from: number,
    end: number,
    to: number,
    header: HeaderPlaces,
    context: ParseContext,
  ): boolean {
    return this.rowsOf(batch).read(layout, isAscii, bytes, from, end, to, header, context);
  }

  private rowsOf(batch: ColumnBatch): BatchRows {
    if (batch === this.lastBatch && batch.generation === this.lastRows?.generation) return this.lastRows;
    const known = this.known.get(batch);
    this.known.delete(batch);
    const isCurrent = known?.generation === batch.generation;
    const rows = isCurrent ? known : new BatchRows(batch, known?.scanner ?? this.spareScanner(), this.zones);
    this.known.set(batch, rows);
    this.lastBatch = batch;
    this.lastRows = rows;
    return rows;
  }

  /** The scanner of the batch that was not used for the longest time, when there are enough. */
  private spareScanner(): RowScanner {
    const [oldest] = this.known;
    if (oldest === undefined || this.known.size < MAX_SCANNERS) return new RowScanner(ROW_LAYOUTS);
    this.known.delete(oldest[0]);
    return oldest[1].scanner;
  }
}

const TYPES = ROW_LAYOUTS.map(({ type }) => `${type},`);

/** `,2026/11/23`, as far as parser.ts looks. */
function isDate(bytes: Uint8Array, comma: number, end: number): boolean {
  if (comma + 8 >= end || !startsWith(bytes, comma, end, ',20')) return false;
  const mark = bytes[comma + 5];
  return (mark === 0x2f || mark === 0x2d) && bytes[comma + 8] === mark;
}
