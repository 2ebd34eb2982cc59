import { isUtf8 } from 'node:buffer';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { ScannerPool } from '../columns/scanner-pool.ts';
import type { ParseContext } from '../contracts.ts';
import type { HeaderPlaces } from '../syslog/header-places.ts';
import { placeHeader } from '../syslog/place-header.ts';
import { startsWith } from '../syslog/units.ts';
import type { ZoneClock } from '../time/zone.ts';
import { BatchRows } from './columns/batch-rows.ts';
import { ROW_LAYOUTS } from './columns/layouts.ts';
import { RowScanner } from './columns/row-scanner.ts';
import { HEAD } from './parser.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;

/**
 * PAN-OS' rows from bytes straight into columns; the meaning is that of parser.ts. `read` gives false for every row that is
 * not a plain one (another prefix, padded or doubly quoted values, something to note). It may have written cells then,
 * which the caller takes back.
 */
export class PaloAltoColumnReader {
  private readonly readers: ScannerPool<RowScanner, BatchRows>;

  constructor(zones: ZoneClock) {
    this.readers = new ScannerPool(
      () => new RowScanner(ROW_LAYOUTS),
      (batch, scanner) => new BatchRows(batch, scanner, zones),
    );
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
    const known = this.readers.of(batch);
    const rows = known.generation === batch.generation ? known : this.readers.renewed(batch);
    return rows.read(layout, isAscii, bytes, from, end, to, header, context);
  }
}

const TYPES = ROW_LAYOUTS.map(({ type }) => `${type},`);

/** `,2026/11/23`, as far as parser.ts looks. */
function isDate(bytes: Uint8Array, comma: number, end: number): boolean {
  if (comma + 8 >= end || !startsWith(bytes, comma, end, ',20')) return false;
  const mark = bytes[comma + 5];
  return (mark === 0x2f || mark === 0x2d) && bytes[comma + 8] === mark;
}
