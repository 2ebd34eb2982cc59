import type { Units } from '../syslog/units.ts';

const COLON = 0x3a;

export function isDigit(units: Units, at: number, end: number): boolean {
  return at < end && (units[at] as number) >= 0x30 && (units[at] as number) <= 0x39;
}

/** `:5`: the time goes on, so what was read is none. */
export function isColonDigit(units: Units, at: number, end: number): boolean {
  return at < end && units[at] === COLON && isDigit(units, at + 1, end);
}

export function countDigits(units: Units, at: number, end: number, most: number): number {
  let count = 0;
  while (count < most && isDigit(units, at + count, end)) count++;
  return count;
}
