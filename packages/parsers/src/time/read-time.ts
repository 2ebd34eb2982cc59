import type { Micros } from '@logmaster/core/time';
import { type WrittenTime, YEARLESS } from './device-time.ts';

export interface TimeAndEnd {
  readonly time: WrittenTime;
  /** Position after the time and its zone. */
  readonly end: number;
}

export const MONTHS: Readonly<Record<string, number>> = {
  jan: 0,
  feb: 1,
  mar: 2,
  apr: 3,
  may: 4,
  jun: 5,
  jul: 6,
  aug: 7,
  sep: 8,
  oct: 9,
  nov: 10,
  dec: 11,
};

/** `Nov 23 19:56:31`, `Nov  3 2026 19:56:31.123`, `2026 Nov 23 19:56:31` (NX-OS); sticky, and each part is bounded. */
const BSD =
  /(?:(\d{4}) )?([A-Za-z]{3}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?!\d|:\d)/y;
/** RFC 3339, and with a space or comma where devices put one. */
const ISO =
  /(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?!\d|:\d)(?: ?([Zz]|[+-]\d\d:?\d\d)(?!\d|:\d))?/y;
/** Sophos UTM's own form: `2026:11:23-19:56:31`. */
const COLONS = /(\d{4}):(\d\d):(\d\d)-(\d\d):(\d\d):(\d\d)(?!\d|:\d)/y;
/** Zone words after a BSD time. Only UTC is unambiguous; of others the word is skipped and the device's zone used. */
const ZONE_WORD = / (?:(UTC|GMT|Z)|([+-]\d\d:?\d\d)|[A-Z]{2,5})(?=:| %|$)/y;

/** Reads a time at `at` in any of the forms above; undefined when there is none. */
export function readTime(text: string, at: number): TimeAndEnd | undefined {
  const code = text.charCodeAt(at);
  const startsWithDigit = code >= 0x30 && code <= 0x39;
  if (startsWithDigit && text.charCodeAt(at + 4) === 0x2d) return readIso(text, at);
  if (startsWithDigit && text.charCodeAt(at + 4) === 0x3a) return readColons(text, at);
  return readBsd(text, at);
}

function readIso(text: string, at: number): TimeAndEnd | undefined {
  ISO.lastIndex = at;
  const m = ISO.exec(text);
  if (!m) return undefined;
  const local = utcMicros(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]), m[7]);
  if (local === undefined) return undefined;
  const offset = m[8] === undefined ? undefined : readOffset(m[8]);
  return { time: { local, yearMissing: false, offset }, end: ISO.lastIndex };
}

function readColons(text: string, at: number): TimeAndEnd | undefined {
  COLONS.lastIndex = at;
  const m = COLONS.exec(text);
  if (!m) return undefined;
  const local = utcMicros(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]));
  if (local === undefined) return undefined;
  return { time: { local, yearMissing: false, offset: undefined }, end: COLONS.lastIndex };
}

function readBsd(text: string, at: number): TimeAndEnd | undefined {
  BSD.lastIndex = at;
  const m = BSD.exec(text);
  if (!m) return undefined;
  const month = MONTHS[(m[2] as string).toLowerCase()];
  if (month === undefined) return undefined;
  const year = m[1] ?? m[4];
  const local = utcMicros(
    Number(year ?? YEARLESS),
    month,
    Number(m[3]),
    Number(m[5]),
    Number(m[6]),
    Number(m[7]),
    m[8],
  );
  if (local === undefined) return undefined;
  let end = BSD.lastIndex;
  let offset: Micros | undefined;
  ZONE_WORD.lastIndex = end;
  const zone = ZONE_WORD.exec(text);
  if (zone) {
    end = ZONE_WORD.lastIndex;
    if (zone[1] !== undefined) offset = 0;
    else if (zone[2] !== undefined) offset = readOffset(zone[2]);
  }
  return { time: { local, yearMissing: year === undefined, offset }, end };
}

/** µs as if UTC; undefined for 31 June and 25 o'clock. A leap second (60) becomes the next minute's first. */
export function utcMicros(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction?: string,
): Micros | undefined {
  if (hour > 23 || minute > 59 || second > 60 || day < 1 || month > 11 || month < 0) return undefined;
  const midnight = Date.UTC(year, month, day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  const micros = fraction === undefined ? 0 : Number(fraction.padEnd(6, '0').slice(0, 6));
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
