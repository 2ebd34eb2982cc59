import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { VendorTime } from '../vendor.ts';
import { readTime } from './read-time.ts';

const EPOCH = /^(\d{9,19})(?:\.(\d{1,9}))?$/;

/** Digits since 1970 as µs: ten digits or fewer are seconds (also with a fraction), 13 ms, 16 µs, 19 ns. */
export function readEpoch(text: string): Micros | undefined {
  const match = EPOCH.exec(text);
  if (!match) return undefined;
  const digits = match[1] as string;
  if (match[2] !== undefined && digits.length > 10) return undefined;
  if (digits.length <= 10) {
    const fraction = match[2] === undefined ? 0 : Number(match[2].padEnd(6, '0').slice(0, 6));
    return Number(digits) * MICROS_PER_SECOND + fraction;
  }
  if (digits.length === 13) return Number(digits) * 1000;
  if (digits.length === 16) return Number(digits);
  // Cut as text: 19 digits do not fit a double.
  return digits.length === 19 ? Number(digits.slice(0, 16)) : undefined;
}

/** Digits since 1970, or a written time in one of the forms of read-time.ts; undefined for anything else. */
export function readWhen(text: string): VendorTime | undefined {
  const micros = readEpoch(text);
  if (micros !== undefined) return { micros };
  const written = readTime(text, 0)?.time;
  return written && { written: () => written };
}

/** The moment of a time that says its zone; undefined for one that doesn't. */
export function readMoment(text: string): Micros | undefined {
  const micros = readEpoch(text);
  if (micros !== undefined) return micros;
  const written = readTime(text, 0)?.time;
  return written?.offset === undefined || written.yearMissing ? undefined : written.local - written.offset;
}
