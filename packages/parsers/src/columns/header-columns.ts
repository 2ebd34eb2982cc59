import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import type { ParseContext } from '../contracts.ts';
import type { HeaderPlaces, Place } from '../syslog/header-places.ts';
import { LEVELS } from '../syslog/severity.ts';
import { resolveTime } from '../time/device-time.ts';
import type { ZoneClock } from '../time/zone.ts';
import { isAbsent } from './pairs.ts';

/** The header of records into the columns of one batch, until it is cleared; the meaning is that of fill-draft.ts. */
export class HeaderColumns {
  private readonly batch: ColumnBatch;
  private readonly zones: ZoneClock;
  /** Code of the level of each severity. */
  private readonly levels: readonly number[];
  /** Code of the observer of each host name's code: they are the same texts. */
  private readonly observers: number[] = [];
  private readonly level: TextColumn;
  private readonly timestamp: NumberColumn;
  private readonly priority: NumberColumn;
  private readonly facility: NumberColumn;
  private readonly severity: NumberColumn;
  private readonly version: TextColumn;
  private readonly hostname: TextColumn;
  private readonly observer: TextColumn;
  private readonly appname: TextColumn;
  private readonly procid: TextColumn;
  private readonly msgid: TextColumn;

  constructor(batch: ColumnBatch, zones: ZoneClock) {
    this.batch = batch;
    this.zones = zones;
    const level = batch.text('log.level');
    this.level = level;
    this.levels = LEVELS.map((word) => level.dictionary.codeOfText(word));
    this.timestamp = batch.number('@timestamp');
    this.priority = batch.number('log.syslog.priority');
    this.facility = batch.number('log.syslog.facility.code');
    this.severity = batch.number('log.syslog.severity.code');
    this.version = batch.text('log.syslog.version');
    this.hostname = batch.text('log.syslog.hostname');
    this.observer = batch.text('observer.name');
    this.appname = batch.text('log.syslog.appname');
    this.procid = batch.text('log.syslog.procid');
    this.msgid = batch.text('log.syslog.msgid');
  }

  /**
   * Header and raw text of the ASCII record in bytes[from, to) into the row in the making. False where there is something
   * to note, or structured data: the record has to be read as text.
   */
  write(bytes: Uint8Array, from: number, to: number, places: HeaderPlaces, context: ParseContext): boolean {
    return this.writeTime(this.batch.rows, places, context) && this.writeNames(bytes, from, to, places);
  }

  /** The same without the header's time, for records that have their own. */
  writeNames(bytes: Uint8Array, from: number, to: number, places: HeaderPlaces): boolean {
    if (places.isPriorityTooHigh || places.isDataMalformed || places.data.from >= 0) return false;
    const { batch } = this;
    const row = batch.rows;
    this.writePriority(row, places.priority);
    this.writePart(this.version, row, bytes, places.version);
    this.writeHost(row, bytes, places.hostname);
    this.writePart(this.appname, row, bytes, places.appname);
    this.writePart(this.procid, row, bytes, places.procid);
    this.writePart(this.msgid, row, bytes, places.msgid);
    batch.setOriginal(bytes, from, to);
    return true;
  }

  /** The message of the same record, which ends at `end`: its place, if that is where the record ends, too. */
  writeMessage(bytes: Uint8Array, from: number, to: number, messageAt: number, end: number): void {
    const { batch } = this;
    if (end === to && (messageAt === from || !isWord(bytes[messageAt - 1] as number))) {
      batch.messageAt[batch.rows] = messageAt - from;
    } else {
      const message = batch.text('message');
      message.codes[batch.rows] = message.dictionary.code(bytes, messageAt, end);
    }
  }

  private writePriority(row: number, priority: number): void {
    if (priority < 0) return;
    this.priority.values[row] = priority;
    this.facility.values[row] = priority >> 3;
    this.severity.values[row] = priority & 7;
    this.level.codes[row] = this.levels[priority & 7] as number;
  }

  private writeHost(row: number, bytes: Uint8Array, { from, to }: Place): void {
    if (from < 0 || isAbsent(bytes, from, to)) return;
    const host = this.hostname.dictionary.code(bytes, from, to);
    this.hostname.codes[row] = host;
    const observer = this.observers[host] ?? this.observer.dictionary.code(bytes, from, to);
    this.observers[host] = observer;
    this.observer.codes[row] = observer;
  }

  private writePart(column: TextColumn, row: number, bytes: Uint8Array, { from, to }: Place): void {
    if (from >= 0 && !isAbsent(bytes, from, to)) column.codes[row] = column.dictionary.code(bytes, from, to);
  }

  /** Of the header, or of the record's arrival where there is none. False: there is something to note. */
  writeTime(row: number, places: HeaderPlaces, context: ParseContext): boolean {
    const time = places.hasTime ? resolveTime(places.time, context, this.zones) : undefined;
    if (time !== undefined && !('micros' in time)) return false;
    this.timestamp.values[row] = time === undefined ? context.receivedAt : time.micros;
    return true;
  }
}

/** A letter or a digit. */
function isWord(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}
