import type { Micros } from '@logmaster/core/time';
import { isUnit, readDigits, startsWith, Unit, type Units } from '../syslog/units.ts';
import { type WrittenTime, YEARLESS } from './device-time.ts';
import { countDigits, isColonDigit, isDigit } from './unit-digits.ts';
import { readZone, yearAt } from './unit-zone.ts';

const COLON = 0x3a;
const SPACE = 0x20;
const PERIOD = 0x2e;
const COMMA = 0x2c;
const MINUS = 0x2d;
const SLASH = 0x2f;

/** A time that was read from units, in memory that is used again. */
export class UnitTime {
  local: Micros = 0;
  yearMissing = false;
  offset: Micros | undefined = undefined;
  /** Position after the time and its zone. */
  end = 0;
  /** µs of the second. */
  fraction = 0;

  take(other: UnitTime): void {
    this.local = other.local;
    this.yearMissing = other.yearMissing;
    this.offset = other.offset;
    this.end = other.end;
    this.fraction = other.fraction;
  }

  toWritten(): WrittenTime {
    return { local: this.local, yearMissing: this.yearMissing, offset: this.offset };
  }
}

/**
 * `Nov 23 19:56:31`, `Nov  3 2026 19:56:31.123 UTC`, `2026 Nov 23 19:56:31` (NX-OS), `Nov 23 19:56:31 2026` and
 * `Mon Nov 23 19:56:31 EET 2026` (C's asctime, date), RFC 3339, also with a space or a comma where devices put one,
 * `2026/11/23 19:56:31`, and `2026:11:23-19:56:31` (Sophos UTM). False when there is none at `at`.
 */
export function readUnitTime(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (at >= end) return false;
  if (isDigit(units, at, end) && at + 4 < end) {
    if (units[at + 4] === MINUS || units[at + 4] === SLASH) return readIso(units, at, end, time);
    if (units[at + 4] === COLON) return readColons(units, at, end, time);
  }
  return readBsd(units, at, end, time);
}

function readIso(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (at + 19 > end || units[at + 13] !== COLON || units[at + 16] !== COLON) return false;
  const isSlashed = units[at + 4] === SLASH;
  if (units[at + 7] !== units[at + 4]) return false;
  const between = units[at + 10];
  if (between !== SPACE && (isSlashed || (between !== 0x54 && between !== 0x74))) return false;
  const after = readFraction(units, at + 19, end, time);
  // `07:56:31 PM`: twelve hours, which Windows writes, are its readers'.
  if (after < 0 || startsWith(units, after, end, ' AM') || startsWith(units, after, end, ' PM')) return false;
  const day = midnight(readDigits(units, at, 4), readDigits(units, at + 5, 2) - 1, readDigits(units, at + 8, 2));
  if (!setLocal(units, day, at + 11, 2, time)) return false;
  time.yearMissing = false;
  time.end = after;
  time.offset = undefined;
  readZone(units, after, end, false, time);
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
/** The last such time, and what it is without a fraction and a year: most records have the time of the one before. */
const lastShort = { units: Buffer.from('Jan  1 00:00:00', 'latin1'), local: Date.UTC(YEARLESS, 0, 1) * 1000 };

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
    if (readBehindBsd(units, after, end, -1, time) < 0) {
      time.yearMissing = true;
      time.local = lastShort.local + time.fraction;
      return true;
    }
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
  let month = readMonth(units, cursor);
  if (month < 0 && units[cursor + 3] === SPACE && isWeekday(units, cursor, end)) {
    cursor += 4;
    if (cursor + 13 > end) return false;
    month = readMonth(units, cursor);
  }
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
  year = readBehindBsd(units, after, end, year, time);
  time.yearMissing = year < 0;
  if (!setLocal(units, midnight(year < 0 ? YEARLESS : year, month, day), cursor, hourDigits, time)) return false;
  if (year < 0 && minuteAt + 5 - at === SHORT_TIME) {
    for (let place = 0; place < SHORT_TIME; place++) lastShort.units[place] = units[at + place] as number;
    lastShort.local = time.local - time.fraction;
  }
  return true;
}

/** Zone and year behind a time; the year, −1 where there is none. */
function readBehindBsd(units: Units, after: number, end: number, before: number, time: UnitTime): number {
  time.offset = undefined;
  time.end = after;
  readZone(units, after, end, true, time);
  if (before >= 0 || time.end >= end || units[time.end] !== SPACE) return before;
  const year = yearAt(units, time.end + 1, end);
  if (year > 0) {
    time.end += 5;
    if (time.offset === undefined) readZone(units, time.end, end, true, time);
  }
  return year;
}

/** Position after `.123` or `,123`, and after nothing; −1 where the seconds go on as something else. */
function readFraction(units: Units, at: number, end: number, time: UnitTime): number {
  time.fraction = 0;
  if (at < end && (units[at] === PERIOD || units[at] === COMMA)) {
    const isPeriod = units[at] === PERIOD;
    // `19:56:31. gw`: a point without digits.
    if (isPeriod && at + 1 < end && units[at + 1] === SPACE) return at + 1;
    const digits = countDigits(units, at + 1, end, MAX_FRACTION + 1);
    const longest = isPeriod ? MAX_FRACTION : NANOSECONDS;
    if (digits === 0 || digits > longest || isColonDigit(units, at + 1 + digits, end)) return at;
    // `19:56:31,10.0.0.5` and `19:56:31,443,tcp`: the next column.
    const next = at + 1 + digits < end ? units[at + 1 + digits] : SPACE;
    if (!isPeriod && (next === PERIOD || next === COMMA)) return at;
    const used = Math.min(digits, 6);
    time.fraction = readDigits(units, at + 1, used) * (POWERS[6 - used] as number);
    return at + 1 + digits;
  }
  return isDigit(units, at, end) || isColonDigit(units, at, end) ? -1 : at;
}

/** Digits behind a comma, where a longer number is the next column's. */
const NANOSECONDS = 9;
const MAX_FRACTION = 64;
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
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** 0 to 11 for three letters in any case; −1 for others. */
function readMonth(units: Units, at: number): number {
  const [a, b, c] = [units[at] as number, units[at + 1] as number, units[at + 2] as number];
  if (!isUnit(a, Unit.letter) || !isUnit(b, Unit.letter) || !isUnit(c, Unit.letter)) return -1;
  return MONTHS.get(((a | 0x20) << 16) | ((b | 0x20) << 8) | (c | 0x20)) ?? -1;
}

function isWeekday(units: Units, at: number, end: number): boolean {
  return WEEKDAYS.some((name) => startsWith(units, at, end, name));
}
