import type { ColumnBatch, NumberColumn } from '@logmaster/core/event/columns/column-batch';
import { HeaderColumns } from '../columns/header-columns.ts';
import { PerBatch } from '../columns/per-batch.ts';
import type { ParseContext } from '../contracts.ts';
import type { HeaderPlaces } from '../syslog/header-places.ts';
import { startsWith } from '../syslog/units.ts';
import type { ZoneClock } from '../time/zone.ts';
import { secondsToNanos } from '../values/duration.ts';
import { RowPlaces } from './columns/places.ts';
import { place, RowColumns, readNumber, TRAFFIC_COLUMNS } from './columns/row-columns.ts';
import { RowTimes } from './columns/row-time.ts';
import { HEAD, SESSION_COLUMNS } from './parser.ts';

const TYPE = place('type');
const SUBTYPE = place('subtype');
const BYTES = place('bytes');
const ELAPSED = place('elapsed');
const SWITCHES = place('link_switches');
const ADDRESSES = [
  [place('src'), place('natsrc')],
  [place('dst'), place('natdst')],
] as const;
const COMMA = 0x2c;
const QUOTE = 0x22;
const PERCENT = 0x25;
/** As far as parsers that are asked before this one look for a mark that begins so. */
const MARK_WITHIN = 164;

interface BatchParts {
  readonly header: HeaderColumns;
  readonly columns: RowColumns;
  readonly timestamp: NumberColumn;
  readonly start: NumberColumn;
  readonly end: NumberColumn;
  readonly duration: NumberColumn;
}

/**
 * PAN-OS' rows of TRAFFIC from bytes straight into columns; the meaning is that of parser.ts. `read` gives false for every
 * row that is not a plain one (another prefix, IPv6, padded or doubly quoted values, something to note). It may have written
 * cells then, which the caller takes back.
 */
export class PaloAltoColumnReader {
  private readonly parts: PerBatch<BatchParts>;
  private readonly places = new RowPlaces(TRAFFIC_COLUMNS.length);
  private readonly times: RowTimes;
  private readonly scratch = new Uint8Array(128);

  constructor(zones: ZoneClock) {
    this.times = new RowTimes(zones);
    this.parts = new PerBatch((batch) => ({
      header: new HeaderColumns(batch, zones),
      columns: new RowColumns(batch),
      timestamp: batch.number('@timestamp'),
      start: batch.number('event.start'),
      end: batch.number('event.end'),
      duration: batch.number('event.duration'),
    }));
  }

  /** Does the message begin with a counter, a date and, as fourth value, `TRAFFIC`? */
  accepts(bytes: Uint8Array, messageAt: number, end: number): boolean {
    const code = messageAt < end ? (bytes[messageAt] as number) : 0;
    if (code < 0x30 || code > 0x39) return false;
    let at = messageAt;
    for (let comma = 0; comma < 3; comma++) {
      const limit = Math.min(end, at + (comma === 0 ? 21 : 64));
      while (at < limit && bytes[at] !== COMMA) at++;
      if (at >= limit) return false;
      if (comma === 0 && !isDate(bytes, at, end)) return false;
      at += 1;
      if (bytes[at] === QUOTE) return false;
    }
    return at + 8 <= messageAt + HEAD && startsWith(bytes, at, end, 'TRAFFIC,');
  }

  /** The ASCII record in bytes[from, to), whose text ends at `end`, into the row in the making. */
  read(
    batch: ColumnBatch,
    bytes: Uint8Array,
    from: number,
    end: number,
    to: number,
    header: HeaderPlaces,
    context: ParseContext,
  ): boolean {
    const { messageAt } = header;
    const { places } = this;
    if (!places.read(bytes, messageAt, end) || !this.isPlain(bytes, messageAt, end)) return false;
    const parts = this.parts.of(batch);
    const row = batch.rows;
    if (!parts.header.write(bytes, from, to, header, context)) return false;
    if (!parts.columns.writeKind(bytes, places, row, this.scratch)) return false;
    if (!parts.columns.write(bytes, places, row)) return false;
    parts.columns.dropUntranslated(row, [this.isOwn(bytes, 0), this.isOwn(bytes, 1)]);
    if (!this.writeTimes(parts, bytes, row, context)) return false;
    parts.header.writeMessage(bytes, from, to, messageAt, end);
    return true;
  }

  private isPlain(bytes: Uint8Array, messageAt: number, end: number): boolean {
    const { from, to, count } = this.places;
    if (count < SESSION_COLUMNS || count <= BYTES || to[BYTES] === from[BYTES]) return false;
    if (bytes[from[SUBTYPE] as number] === QUOTE || (from[TYPE] as number) > messageAt + HEAD) return false;
    // The one column with commas that aren't quoted.
    if (count > SWITCHES && bytes[from[SWITCHES] as number] === 0x7b) return false;
    const limit = Math.min(end, messageAt + MARK_WITHIN);
    for (let at = messageAt; at < limit; at++) if (bytes[at] === PERCENT) return false;
    return true;
  }

  /** Is the translated address of a side its own? */
  private isOwn(bytes: Uint8Array, side: 0 | 1): boolean {
    const { from, to } = this.places;
    const [own, translated] = ADDRESSES[side];
    const [ownAt, natAt] = [from[own] as number, from[translated] as number];
    const length = (to[own] as number) - ownAt;
    if (length !== (to[translated] as number) - natAt) return false;
    for (let index = 0; index < length; index++) if (bytes[ownAt + index] !== bytes[natAt + index]) return false;
    return true;
  }

  private writeTimes(parts: BatchParts, bytes: Uint8Array, row: number, context: ParseContext): boolean {
    const { times, places } = this;
    if (!times.read(bytes, places, context)) return false;
    if (!Number.isNaN(times.micros)) parts.timestamp.values[row] = times.micros;
    if (!Number.isNaN(times.start)) parts.start.values[row] = times.start;
    if (places.count <= ELAPSED || parts.columns.isStart(row)) return true;
    const [at, end] = [places.from[ELAPSED] as number, places.to[ELAPSED] as number];
    if (at === end) return true;
    const seconds = readNumber(bytes, at, end);
    const nanos = seconds < 0 ? undefined : secondsToNanos(seconds);
    if (nanos === undefined) return false;
    const length = Math.round(nanos / 1000);
    const moment = parts.timestamp.values[row] as number;
    parts.duration.values[row] = nanos;
    parts.start.values[row] = Number.isNaN(times.start) ? moment - length : times.start;
    parts.end.values[row] = Number.isNaN(times.start) ? moment : times.start + length;
    return true;
  }
}

/** `,2026/11/23`, as far as parser.ts looks. */
function isDate(bytes: Uint8Array, comma: number, end: number): boolean {
  if (comma + 8 >= end) return false;
  const mark = bytes[comma + 5];
  return (mark === 0x2f || mark === 0x2d) && bytes[comma + 8] === mark;
}
