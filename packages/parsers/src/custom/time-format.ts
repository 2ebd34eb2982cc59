import { type WrittenTime, YEARLESS } from '../time/device-time.ts';
import { readOffset, readTime, utcMicros } from '../time/read-time.ts';
import { PatternFault } from './definition-fault.ts';

/** Reads a whole text as a time: the moment itself, or what a clock showed. Undefined when it is not of the format. */
export type TimeReader = (text: string) => { readonly micros: number } | WrittenTime | undefined;

const EPOCHS: Readonly<Record<string, number>> = { unix: 1e6, unix_ms: 1e3, unix_us: 1, unix_ns: 1e-3 };
const EPOCH = /^\d{1,19}(?:\.\d{1,9})?$/;

/**
 * `auto` (RFC 3339, RFC 3164 and what devices make of them), `unix`, `unix_ms`, `unix_us`, `unix_ns`, or a pattern of
 * letters as Java and Unicode (UTS #35) have them: `dd.MM.yyyy HH:mm:ss`. Throws PatternFault.
 */
export function compileTimeFormat(format: string): TimeReader {
  if (format === 'auto') return readAuto;
  const factor = Object.hasOwn(EPOCHS, format) ? EPOCHS[format] : undefined;
  if (factor !== undefined)
    return (text) => (EPOCH.test(text) ? { micros: Math.round(Number(text) * factor) } : undefined);
  const parts = readParts(format);
  return (text) => readByParts(parts, text);
}

function readAuto(text: string): WrittenTime | undefined {
  const found = readTime(text, 0);
  return found?.end === text.length ? found.time : undefined;
}

/** What has been read so far. */
interface Fields {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  fraction?: string;
  afternoon?: boolean;
  offset?: number;
}

/** Reads at a place; the place behind it, or -1. */
type Part = (text: string, at: number, fields: Fields) => number;

const LETTERS: Readonly<Record<string, Part>> = {
  yyyy: number(4, 4, (fields, value) => (fields.year = value)),
  yy: number(2, 2, (fields, value) => (fields.year = 2000 + value)),
  MMMM: monthName,
  MMM: monthName,
  MM: number(2, 2, (fields, value) => (fields.month = value)),
  M: number(1, 2, (fields, value) => (fields.month = value)),
  dd: number(2, 2, (fields, value) => (fields.day = value)),
  d: number(1, 2, (fields, value) => (fields.day = value)),
  HH: number(2, 2, (fields, value) => (fields.hour = value)),
  H: number(1, 2, (fields, value) => (fields.hour = value)),
  hh: number(2, 2, (fields, value) => (fields.hour = value)),
  h: number(1, 2, (fields, value) => (fields.hour = value)),
  mm: number(2, 2, (fields, value) => (fields.minute = value)),
  m: number(1, 2, (fields, value) => (fields.minute = value)),
  ss: number(2, 2, (fields, value) => (fields.second = value)),
  s: number(1, 2, (fields, value) => (fields.second = value)),
  a: halfOfDay,
  EEEE: word,
  EEE: word,
  Z: zone,
  XXX: zone,
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function readParts(format: string): Part[] {
  const parts: Part[] = [];
  for (const [piece] of format.matchAll(/([A-Za-z])\1*|'[^']*'|[^A-Za-z]/g)) {
    if (/^S+$/.test(piece)) parts.push(fraction);
    else if (/^[A-Za-z]/.test(piece)) {
      const part = Object.hasOwn(LETTERS, piece) ? LETTERS[piece] : undefined;
      if (part === undefined) throw new PatternFault(`${piece} is no part of a time`);
      parts.push(part);
    } else parts.push(literal(piece.length > 1 ? piece.slice(1, -1) : piece));
  }
  return parts;
}

function readByParts(parts: readonly Part[], text: string): WrittenTime | undefined {
  const fields: Fields = {};
  let at = 0;
  for (const part of parts) {
    at = part(text, at, fields);
    if (at < 0) return undefined;
  }
  if (at !== text.length || fields.month === undefined || fields.day === undefined) return undefined;
  const { year, month, day, hour = 0, minute = 0, second = 0, afternoon, offset } = fields;
  if (afternoon !== undefined && hour > 12) return undefined;
  const hours = afternoon === undefined ? hour : (hour % 12) + (afternoon ? 12 : 0);
  const local = utcMicros(year ?? YEARLESS, month - 1, day, hours, minute, second, fields.fraction);
  return local === undefined ? undefined : { local, yearMissing: year === undefined, offset };
}

function number(least: number, most: number, set: (fields: Fields, value: number) => void): Part {
  return (text, at, fields) => {
    let end = at;
    // Days below ten are often padded with a blank.
    if (least === 1 && text[end] === ' ') end++;
    const first = end;
    while (end < first + most && isDigit(text.charCodeAt(end))) end++;
    if (end - first < least) return -1;
    set(fields, Number(text.slice(first, end)));
    return end;
  };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function fraction(text: string, at: number, fields: Fields): number {
  let end = at;
  while (end < at + 9 && isDigit(text.charCodeAt(end))) end++;
  if (end === at) return -1;
  fields.fraction = text.slice(at, end);
  return end;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < at + 16 && /[A-Za-z]/.test(text[end] ?? '')) end++;
  return end;
}

function word(text: string, at: number): number {
  const end = wordEnd(text, at);
  return end === at ? -1 : end;
}

function monthName(text: string, at: number, fields: Fields): number {
  const month = MONTHS.indexOf(text.slice(at, at + 3).toLowerCase());
  if (month < 0) return -1;
  fields.month = month + 1;
  return wordEnd(text, at);
}

function halfOfDay(text: string, at: number, fields: Fields): number {
  const half = text.slice(at, at + 2).toLowerCase();
  if (half !== 'am' && half !== 'pm') return -1;
  fields.afternoon = half === 'pm';
  return at + 2;
}

function zone(text: string, at: number, fields: Fields): number {
  for (const length of [6, 5, 3, 1]) {
    const written = text.slice(at, at + length);
    const offset = written === 'UTC' || written === 'GMT' ? 0 : readOffset(written);
    if (offset === undefined || written.length < length) continue;
    fields.offset = offset;
    return at + length;
  }
  return -1;
}

function literal(expected: string): Part {
  return (text, at) => (text.startsWith(expected, at) ? at + expected.length : -1);
}
