import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { HeaderColumns } from '../../columns/header-columns.ts';
import type { ParseContext } from '../../contracts.ts';
import type { HeaderPlaces } from '../../syslog/header-places.ts';
import type { ZoneClock } from '../../time/zone.ts';
import { ROW_LAYOUTS, type RowLayout } from './layouts.ts';
import { RowReader } from './row-reader.ts';
import type { RowScanner } from './row-scanner.ts';
import type { RowTimes } from './row-time.ts';
import { Untranslated } from './untranslated.ts';

/** As far, in characters, as parsers that are asked before this one look for a mark that begins so. */
const CISCO_WITHIN = 164;
const CHECK_POINT_WITHIN = 512;
/** Bytes of a character in UTF-8, at most. */
const WIDEST = 4;
const PERCENT = 0x25;
const BRACKET = 0x5b;
const LETTER_F = 0x46;

/** Reads rows into one batch, until it is cleared. */
export class BatchRows {
  readonly scanner: RowScanner;
  readonly generation: number;
  private readonly batch: ColumnBatch;
  private readonly zones: ZoneClock;
  private readonly header: HeaderColumns;
  private readonly readers: (RowReader | undefined)[] = [];
  private readonly untranslated: Untranslated;
  private readonly eventType: TextColumn;
  private readonly startCode: number;
  private readonly timestamp: NumberColumn;
  private readonly start: NumberColumn;
  private readonly end: NumberColumn;
  private readonly duration: NumberColumn;
  private readonly totals: readonly (readonly [total: NumberColumn, sent: NumberColumn, received: NumberColumn])[];

  constructor(batch: ColumnBatch, scanner: RowScanner, zones: ZoneClock) {
    this.batch = batch;
    this.generation = batch.generation;
    this.scanner = scanner;
    this.zones = zones;
    scanner.calls.forgetAll();
    this.header = new HeaderColumns(batch, zones);
    this.untranslated = new Untranslated(batch);
    this.eventType = batch.text('event.type');
    this.startCode = this.eventType.dictionary.codeOfText('start');
    this.timestamp = batch.number('@timestamp');
    this.start = batch.number('event.start');
    this.end = batch.number('event.end');
    this.duration = batch.number('event.duration');
    this.totals = (['bytes', 'packets'] as const).map((unit) => [
      batch.number(`network.${unit}`),
      batch.number(`source.${unit}`),
      batch.number(`destination.${unit}`),
    ]);
  }

  /** The record in UTF-8 in bytes[from, to), whose text ends at `end`, into the row in the making. False: as text. */
  read(
    layout: number,
    isAscii: boolean,
    bytes: Uint8Array,
    from: number,
    end: number,
    to: number,
    header: HeaderPlaces,
    context: ParseContext,
  ): boolean {
    const { scanner } = this;
    const { messageAt } = header;
    const row = this.batch.rows;
    const { isSession, least } = ROW_LAYOUTS[layout] as RowLayout;
    const offset = scanner.load(bytes, messageAt, end);
    if (offset === undefined || this.mayBeAnothers(messageAt + offset, end + offset, isAscii ? 1 : WIDEST))
      return false;
    if (!this.header.writeNames(bytes, from, to, header)) return false;
    const reader = this.readerOf(layout);
    if (!reader.read(bytes, messageAt, end, offset, row) || scanner.calls.columnCount() < least) return false;
    if (isSession) this.writeLength(row);
    this.untranslated.drop(row);
    if (!this.writeTimes(reader.times, row, header, context)) return false;
    this.header.writeMessage(bytes, from, to, messageAt, end);
    return true;
  }

  private readerOf(layout: number): RowReader {
    const known = this.readers[layout];
    if (known !== undefined) return known;
    const reader = new RowReader(this.batch, ROW_LAYOUTS[layout] as RowLayout, layout, this.scanner, this.zones);
    this.readers[layout] = reader;
    return reader;
  }

  private mayBeAnothers(from: number, end: number, width: number): boolean {
    const { calls } = this.scanner;
    return (
      calls.finds(from, Math.min(end, from + CISCO_WITHIN * width), PERCENT) !== 0 ||
      calls.holds(from, Math.min(end, from + CHECK_POINT_WITHIN * width), BRACKET, LETTER_F) !== 0
    );
  }

  /** As readLength of classify.ts. */
  private writeLength(row: number): void {
    if (this.eventType.codes[row] === this.startCode) this.duration.values[row] = Number.NaN;
    const [bytes] = this.totals;
    if (bytes === undefined || !Number.isNaN(bytes[0].values[row])) return;
    for (const [total, sent, received] of this.totals) {
      const sum = (sent.values[row] as number) + (received.values[row] as number);
      if (!Number.isNaN(sum)) total.values[row] = sum;
    }
  }

  /** As setTime and setPeriod of fill-draft.ts. */
  private writeTimes(times: RowTimes, row: number, header: HeaderPlaces, context: ParseContext): boolean {
    if (!times.resolve(context)) return false;
    if (Number.isNaN(times.micros)) {
      if (!this.header.writeTime(row, header, context)) return false;
    } else this.timestamp.values[row] = times.micros;
    const begun = times.start;
    if (!Number.isNaN(begun)) this.start.values[row] = begun;
    const duration = this.duration.values[row] as number;
    if (Number.isNaN(duration) || this.eventType.codes[row] === this.startCode) return true;
    const length = Math.round(duration / 1000);
    const moment = this.timestamp.values[row] as number;
    if (Number.isNaN(begun)) this.start.values[row] = moment - length;
    this.end.values[row] = Number.isNaN(begun) ? moment : begun + length;
    return true;
  }
}
