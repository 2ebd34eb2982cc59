import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { ParseContext } from '../contracts.ts';
import type { ZoneClock } from './zone.ts';

/** A time as a device wrote it. */
export interface WrittenTime {
  /** µs of year, month, day, time as if they were UTC; with `year` missing, in 1972 (a leap year). */
  readonly local: Micros;
  readonly yearMissing: boolean;
  /** Offset east of UTC in µs; undefined: the device's zone. */
  readonly offset: Micros | undefined;
}

export const YEARLESS = 1972;
/** A clock in the wrong zone is at most 26 h ahead (UTC−12 read as UTC+14). More is a clock that is wrong. */
export const MAX_AHEAD: Micros = 26 * 3600 * MICROS_PER_SECOND;
/** Clocks that were never set start in 1970, 1993, 2000 or, in Cisco IOS, in March 2002. */
const EARLIEST: Micros = Date.UTC(2003, 0, 1) * 1000;

/** Moment of a written time, or why it can't be believed. */
export type ResolvedTime = { readonly micros: Micros } | { readonly doubt: string };

export function resolveTime(written: WrittenTime, context: ParseContext, zones: ZoneClock): ResolvedTime {
  if (written.yearMissing) return nearestYear(written, context, zones);
  const micros = toUtc(written.local, written.offset, context, zones);
  if (micros === undefined) return { doubt: 'unknown time zone' };
  return checkPlausible(micros, context.receivedAt);
}

export function checkPlausible(micros: Micros, receivedAt: Micros): ResolvedTime {
  if (!Number.isSafeInteger(micros)) return { doubt: 'not a time' };
  if (micros > receivedAt + MAX_AHEAD) return { doubt: 'device clock more than 26 h ahead' };
  if (micros < EARLIEST) return { doubt: 'device clock not set' };
  return { micros };
}

function toUtc(local: Micros, offset: Micros | undefined, context: ParseContext, zones: ZoneClock) {
  return offset !== undefined ? local - offset : zones.toUtc(local, context.timeZone, context.receivedAt);
}

/** Half a year less a day for zones: a year that puts the record nearer than this is the nearest. */
const NEAR: Micros = 181 * MICROS_PER_DAY;

/**
 * RFC 3164 §4.1.2 has no year: of last, this and next year the one that puts the record nearest to its arrival, but not
 * more than 26 h behind it: what looks like next month is what was kept, or replayed, since last year.
 */
function nearestYear(written: WrittenTime, context: ParseContext, zones: ZoneClock): ResolvedTime {
  const inYearless = written.local - YEARLESS_START;
  const thisYear = yearOf(context.receivedAt);
  const dayOfYear = Math.floor(inYearless / MICROS_PER_DAY);
  // Records come soon after they were written. From March on each day is one later in a leap year, as in 1972.
  if (dayOfYear !== LEAP_DAY) {
    const shift = dayOfYear > LEAP_DAY && !thisYear.isLeap ? MICROS_PER_DAY : 0;
    const micros = toUtc(thisYear.start + inYearless - shift, written.offset, context, zones);
    if (micros === undefined) return { doubt: 'unknown time zone' };
    const ahead = micros - context.receivedAt;
    if (ahead <= MAX_AHEAD && ahead > -NEAR) return checkPlausible(micros, context.receivedAt);
  }
  return nearestOfThree(written, thisYear.year, context, zones);
}

const YEARLESS_START: Micros = Date.UTC(YEARLESS, 0, 1) * 1000;
/** 29 February, from 0. */
const LEAP_DAY = 59;

interface Year {
  readonly year: number;
  readonly start: Micros;
  readonly end: Micros;
  readonly isLeap: boolean;
}

const lastYear: { known: Year } = { known: { year: 0, start: 0, end: 0, isLeap: false } };

function yearOf(moment: Micros): Year {
  const { known } = lastYear;
  if (moment >= known.start && moment < known.end) return known;
  const year = new Date(Math.floor(moment / 1000)).getUTCFullYear();
  const [start, end] = [Date.UTC(year, 0, 1) * 1000, Date.UTC(year + 1, 0, 1) * 1000];
  lastYear.known = { year, start, end, isLeap: end - start > 365 * MICROS_PER_DAY };
  return lastYear.known;
}

function nearestOfThree(written: WrittenTime, thisYear: number, context: ParseContext, zones: ZoneClock): ResolvedTime {
  const date = new Date(Math.floor(written.local / 1000));
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()];
  const timeOfDay = written.local - Math.floor(written.local / MICROS_PER_DAY) * MICROS_PER_DAY;
  let best: Micros | undefined;
  for (let year = thisYear - 1; year <= thisYear + 1; year++) {
    const midnight = new Date(Date.UTC(year, month, day));
    // 29 February does not exist in every year.
    if (midnight.getUTCMonth() !== month) continue;
    const micros = toUtc(midnight.getTime() * 1000 + timeOfDay, written.offset, context, zones);
    if (micros === undefined) return { doubt: 'unknown time zone' };
    if (micros - context.receivedAt > MAX_AHEAD) continue;
    if (best === undefined || Math.abs(micros - context.receivedAt) < Math.abs(best - context.receivedAt))
      best = micros;
  }
  return best === undefined ? { doubt: 'no year fits the date' } : checkPlausible(best, context.receivedAt);
}
