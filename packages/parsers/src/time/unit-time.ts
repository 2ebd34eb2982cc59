import type { Micros } from '@logmaster/core/time';
import { endOfRun, isUnit, readDigits, startsWith, Unit, type Units } from '../syslog/units.ts';
import { type WrittenTime, YEARLESS } from './device-time.ts';

const COLON = 0x3a;
const SPACE = 0x20;
const PERIOD = 0x2e;
const COMMA = 0x2c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const PERCENT = 0x25;

/** A time that was read from units, in memory that is used again. */
export class UnitTime {
  local: Micros = 0;
  yearMissing = false;
  offset: Micros | undefined = undefined;
  /** Position after the time and its zone. */
  end = 0;
  /** µs of the second. */
  fraction = 0;

  toWritten(): WrittenTime {
    return { local: this.local, yearMissing: this.yearMissing, offset: this.offset };
  }
}

/**
 * `Nov 23 19:56:31`, `Nov  3 2026 19:56:31.123 UTC`, `2026 Nov 23 19:56:31` (NX-OS), RFC 3339, also with a space or a comma
 * where devices put one, and `2026:11:23-19:56:31` (Sophos UTM). False when there is none at `at`.
 */
export function readUnitTime(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (at >= end) return false;
  if (isDigit(units, at, end) && at + 4 < end) {
    if (units[at + 4] === MINUS) return readIso(units, at, end, time);
    if (units[at + 4] === COLON) return readColons(units, at, end, time);
  }
  return readBsd(units, at, end, time);
}

function readIso(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (at + 19 > end || units[at + 7] !== MINUS || units[at + 13] !== COLON || units[at + 16] !== COLON) return false;
  const between = units[at + 10];
  if (between !== 0x54 && between !== 0x74 && between !== SPACE) return false;
  const after = readFraction(units, at + 19, end, time);
  if (after < 0) return false;
  const day = midnight(readDigits(units, at, 4), readDigits(units, at + 5, 2) - 1, readDigits(units, at + 8, 2));
  if (!setLocal(units, day, at + 11, 2, time)) return false;
  time.yearMissing = false;
  const zoneAt = after < end && units[after] === SPACE ? after + 1 : after;
  time.end = after;
  time.offset = undefined;
  if (zoneAt >= end) return true;
  const mark = units[zoneAt];
  const isZulu = mark === 0x5a || mark === 0x7a;
  const zoneEnd = isZulu ? zoneAt + 1 : endOfOffset(units, zoneAt, end);
  if (zoneEnd < 0 || isDigit(units, zoneEnd, end) || isColonDigit(units, zoneEnd, end)) return true;
  time.end = zoneEnd;
  time.offset = isZulu ? 0 : offsetOf(units, zoneAt, zoneEnd);
  return true;
}

/** Sophos UTM's own form: `2026:11:23-19:56:31`. */
function readColons(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (at + 19 > end || units[at + 7] !== COLON || units[at + 10] !== MINUS) return false;
  if (units[at + 13] !== COLON || units[at + 16] !== COLON) return false;
  if (isDigit(units, at + 19, end) || isColonDigit(units, at + 19, end)) return false;
  const day = midnight(readDigits(units, at, 4), readDigits(units, at + 5, 2) - 1, readDigits(units, at + 8, 2));
  time.fraction = 0;
  if (!setLocal(units, day, at + 11, 2, time)) return false;
  time.yearMissing = false;
  time.offset = undefined;
  time.end = at + 19;
  return true;
}

/** Length of `Nov 23 19:56:31`. */
const SHORT_TIME = 15;
/** The last such time, and what it is without a fraction: most records have the time of the one before. */
const lastShort = { units: new Uint8Array(SHORT_TIME), local: 0 };

function repeatsShort(units: Units, at: number, end: number): boolean {
  if (at + SHORT_TIME > end) return false;
  // From the end: seconds differ first.
  for (let place = SHORT_TIME - 1; place >= 0; place--) if (units[at + place] !== lastShort.units[place]) return false;
  return true;
}

function readBsd(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (repeatsShort(units, at, end)) {
    const after = readFraction(units, at + SHORT_TIME, end, time);
    if (after < 0) return false;
    time.local = lastShort.local + time.fraction;
    return endBsd(units, after, end, true, time);
  }
  let cursor = at;
  let year = -1;
  if (isDigit(units, at, end)) {
    if (at + 5 > end || units[at + 4] !== SPACE) return false;
    year = readDigits(units, at, 4);
    if (year < 0) return false;
    cursor += 5;
  }
  // The shortest: `Nov 3 9:56:31`.
  if (cursor + 13 > end) return false;
  const month = readMonth(units, cursor);
  if (month < 0 || units[cursor + 3] !== SPACE) return false;
  cursor += units[cursor + 4] === SPACE ? 5 : 4;
  const dayDigits = countDigits(units, cursor, end, 2);
  const day = readDigits(units, cursor, dayDigits);
  cursor += dayDigits;
  if (dayDigits === 0 || cursor >= end || units[cursor] !== SPACE) return false;
  cursor += 1;
  if (cursor + 5 <= end && units[cursor + 4] === SPACE) {
    const written = readDigits(units, cursor, 4);
    if (written < 0) return false;
    if (year < 0) year = written;
    cursor += 5;
  }
  const hourDigits = countDigits(units, cursor, end, 2);
  const minuteAt = cursor + hourDigits + 1;
  if (hourDigits === 0 || minuteAt + 5 > end) return false;
  if (units[minuteAt - 1] !== COLON || units[minuteAt + 2] !== COLON) return false;
  const after = readFraction(units, minuteAt + 5, end, time);
  if (after < 0) return false;
  if (!setLocal(units, midnight(year < 0 ? YEARLESS : year, month, day), cursor, hourDigits, time)) return false;
  if (year < 0 && minuteAt + 5 - at === SHORT_TIME) {
    for (let place = 0; place < SHORT_TIME; place++) lastShort.units[place] = units[at + place] as number;
    lastShort.local = time.local - time.fraction;
  }
  return endBsd(units, after, end, year < 0, time);
}

function endBsd(units: Units, after: number, end: number, yearMissing: boolean, time: UnitTime): true {
  time.yearMissing = yearMissing;
  time.offset = undefined;
  time.end = after;
  readZoneWord(units, after, end, time);
  return true;
}

/** Zone words after a BSD time. Only UTC is unambiguous; of others the word is skipped and the device's zone used. */
function readZoneWord(units: Units, at: number, end: number, time: UnitTime): void {
  if (at + 1 >= end || units[at] !== SPACE) return;
  const from = at + 1;
  const offsetEnd = endOfOffset(units, from, end);
  const to = offsetEnd < 0 ? endOfRun(units, from, Math.min(end, from + 6), Unit.capital) : offsetEnd;
  if (!endsZone(units, to, end)) return;
  if (offsetEnd >= 0) {
    time.offset = offsetOf(units, from, to);
    time.end = to;
    return;
  }
  const length = to - from;
  const isUtc = startsWith(units, from, to, 'UTC') || startsWith(units, from, to, 'GMT');
  if ((isUtc && length === 3) || (length === 1 && units[from] === 0x5a)) time.offset = 0;
  else if (length < 2 || length > 5) return;
  time.end = to;
}

/** A zone is followed by a colon, by ` %`, or by nothing. */
function endsZone(units: Units, at: number, end: number): boolean {
  if (at >= end) return true;
  return units[at] === COLON || (units[at] === SPACE && at + 1 < end && units[at + 1] === PERCENT);
}

/** Position after `.123` or `,123`, and after nothing; −1 where the seconds go on as something else. */
function readFraction(units: Units, at: number, end: number, time: UnitTime): number {
  time.fraction = 0;
  if (at < end && (units[at] === PERIOD || units[at] === COMMA)) {
    const digits = countDigits(units, at + 1, end, 10);
    if (digits === 0 || digits > 9 || isColonDigit(units, at + 1 + digits, end)) return at;
    const used = Math.min(digits, 6);
    time.fraction = readDigits(units, at + 1, used) * (POWERS[6 - used] as number);
    return at + 1 + digits;
  }
  return isDigit(units, at, end) || isColonDigit(units, at, end) ? -1 : at;
}

const POWERS = [1, 10, 100, 1000, 10_000, 100_000];

/** Hour, minute and second at `at`. A leap second (60) becomes the next minute's first. */
function setLocal(units: Units, day: number, at: number, hourDigits: number, time: UnitTime): boolean {
  const hour = readDigits(units, at, hourDigits);
  const minute = readDigits(units, at + hourDigits + 1, 2);
  const second = readDigits(units, at + hourDigits + 4, 2);
  if (Number.isNaN(day) || hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 60)
    return false;
  time.local = (day + ((hour * 60 + minute) * 60 + second) * 1000) * 1000 + time.fraction;
  return true;
}

/** The days of a record's few times are mostly those of the record before. */
const DAYS = 8;
const knownDays = { keys: new Int32Array(DAYS).fill(-1), midnights: new Float64Array(DAYS) };

/** ms; NaN for 31 June. Month from 0. */
export function midnight(year: number, month: number, day: number): number {
  if (year < 0 || month < 0 || month > 11 || day < 1 || day > 31) return Number.NaN;
  const key = (year * 12 + month) * 32 + day;
  const place = (key ^ year) & (DAYS - 1);
  if (knownDays.keys[place] === key) return knownDays.midnights[place] as number;
  const moment = Date.UTC(year, month, day);
  knownDays.keys[place] = key;
  knownDays.midnights[place] = new Date(moment).getUTCDate() === day ? moment : Number.NaN;
  return knownDays.midnights[place] as number;
}

export const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTHS: ReadonlyMap<number, number> = new Map(
  MONTH_NAMES.map((name, month) => [
    (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
    month,
  ]),
);

/** 0 to 11 for three letters in any case; −1 for others. */
function readMonth(units: Units, at: number): number {
  const [a, b, c] = [units[at] as number, units[at + 1] as number, units[at + 2] as number];
  if (!isUnit(a, Unit.letter) || !isUnit(b, Unit.letter) || !isUnit(c, Unit.letter)) return -1;
  return MONTHS.get(((a | 0x20) << 16) | ((b | 0x20) << 8) | (c | 0x20)) ?? -1;
}

/** Position after `+03:00` or `+0300`; −1 where there is none. */
function endOfOffset(units: Units, at: number, end: number): number {
  if (at + 5 > end || (units[at] !== PLUS && units[at] !== MINUS)) return -1;
  const minutesAt = units[at + 3] === COLON ? at + 4 : at + 3;
  if (minutesAt + 2 > end || readDigits(units, at + 1, 2) < 0 || readDigits(units, minutesAt, 2) < 0) return -1;
  return minutesAt + 2;
}

/** µs east of UTC; undefined beyond 15 hours. */
function offsetOf(units: Units, at: number, end: number): Micros | undefined {
  const hours = readDigits(units, at + 1, 2);
  const minutes = readDigits(units, end - 2, 2);
  if (hours > 15 || minutes > 59) return undefined;
  return (units[at] === MINUS ? -1 : 1) * (hours * 60 + minutes) * 60_000_000;
}

function isDigit(units: Units, at: number, end: number): boolean {
  return at < end && (units[at] as number) >= 0x30 && (units[at] as number) <= 0x39;
}

function isColonDigit(units: Units, at: number, end: number): boolean {
  return at < end && units[at] === COLON && isDigit(units, at + 1, end);
}

function countDigits(units: Units, at: number, end: number, most: number): number {
  let count = 0;
  while (count < most && isDigit(units, at + count, end)) count++;
  return count;
}
