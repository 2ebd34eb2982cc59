import type { Micros } from '@logmaster/core/time';
import { UnitScratch } from '../syslog/units.ts';
import type { WrittenTime } from './device-time.ts';
import { MONTH_NAMES, readUnitTime, UnitTime } from './unit-time.ts';

export interface TimeAndEnd {
  readonly time: WrittenTime;
  /** Position after the time and its zone. */
  readonly end: number;
}

/** 0 for `jan`. */
export const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  MONTH_NAMES.map((name, month) => [name, month]),
);

/** No form of a time is longer, with what is looked at behind it. */
const LONGEST = 64;

const scratch = { units: new UnitScratch(), time: new UnitTime() };

/** Reads a time at `at` in any of the forms of `readUnitTime`; undefined when there is none. */
export function readTime(text: string, at: number): TimeAndEnd | undefined {
  const end = Math.min(text.length, at + LONGEST);
  const { time } = scratch;
  if (!readUnitTime(scratch.units.of(text, at, end), 0, end - at, time)) return undefined;
  return { time: time.toWritten(), end: at + time.end };
}

/** µs as if UTC; undefined for 31 June and 25 o'clock. A leap second (60) becomes the next minute's first. */
export function utcMicros(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction = '',
): Micros | undefined {
  if (hour > 23 || minute > 59 || second > 60 || day < 1 || month > 11 || month < 0) return undefined;
  const midnight = Date.UTC(year, month, day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  const micros = fraction === '' ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  return (midnight + ((hour * 60 + minute) * 60 + second) * 1000) * 1000 + micros;
}

/** `Z`, `+03:00`, `+0300` → µs east of UTC; undefined beyond 15 hours. */
export function readOffset(text: string): Micros | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (!match || Number(match[2]) > 15 || Number(match[3]) > 59) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000_000;
}
