import type { Micros } from '@logmaster/core/time';
import { endOfRun, isUnit, readDigits, startsWith, Unit, type Units } from '../syslog/units.ts';
import { isColonDigit, isDigit } from './unit-digits.ts';

const COLON = 0x3a;
const SPACE = 0x20;
const MINUS = 0x2d;
const PLUS = 0x2b;
const PERCENT = 0x25;

/** What stands behind a time. */
interface Zoned {
  /** µs east of UTC; undefined: the device's zone. */
  offset: Micros | undefined;
  /** Position after the time, and after its zone when there is one. */
  end: number;
}

/** Words for zones that stand in logs. What they mean differs by country (CST, IST), or by what a device was told. */
const ZONES =
  'UTC GMT TRT EET EEST CET CEST MSK WET WEST BST EST EDT CST CDT MST MDT PST PDT JST AEST AEDT NZST NZDT'.split(' ');

/**
 * The zone behind a time that ends at `at`, with a blank before it or without. Offsets and UTC are unambiguous. Other words
 * are skipped, and the device's zone used, where they can't be the name of a host: before a colon, before ` %`, at the end,
 * and before a year (`06:16:31 EET 2026`).
 * @param isBsd behind an ISO date stand programs' levels as well (`06:16:31 ERROR: …`): words must be known there
 */
export function readZone(units: Units, at: number, end: number, isBsd: boolean, zoned: Zoned): void {
  const isApart = at < end && units[at] === SPACE;
  const from = isApart ? at + 1 : at;
  if (from >= end) return;
  const first = units[from];
  if (first === PLUS || first === MINUS) {
    const to = endOfOffset(units, from, end);
    if (to < 0 || isDigit(units, to, end) || isColonDigit(units, to, end)) return;
    zoned.offset = offsetOf(units, from, to);
    zoned.end = to;
    return;
  }
  if (!isApart) {
    if ((first !== 0x5a && first !== 0x7a) || isDigit(units, from + 1, end) || isColonDigit(units, from + 1, end))
      return;
    zoned.offset = 0;
    zoned.end = from + 1;
    return;
  }
  if (!isUnit(first as number, Unit.capital)) return;
  const to = endOfRun(units, from, Math.min(end, from + 6), Unit.capital);
  if (isUtcWord(units, from, to)) {
    if (!isWordEnd(units, to, end)) return;
    zoned.offset = 0;
  } else if (to - from < 2 || to - from > 5 || !endsZone(units, to, end)) return;
  else if (!isBsd && !isZoneWord(units, from, to)) return;
  zoned.end = to;
}

function isUtcWord(units: Units, from: number, to: number): boolean {
  if (to - from === 1) return units[from] === 0x5a;
  return to - from === 3 && (startsWith(units, from, to, 'UTC') || startsWith(units, from, to, 'GMT'));
}

/** Are these letters a word for a zone, in any case? */
export function isZoneWord(units: Units, from: number, to: number): boolean {
  return ZONES.some((zone) => {
    if (zone.length !== to - from) return false;
    for (let index = 0; index < zone.length; index++) {
      if (((units[from + index] as number) & 0xdf) !== zone.charCodeAt(index)) return false;
    }
    return true;
  });
}

function isWordEnd(units: Units, at: number, end: number): boolean {
  return at >= end || units[at] === SPACE || units[at] === COLON;
}

function endsZone(units: Units, at: number, end: number): boolean {
  if (at >= end || units[at] === COLON) return true;
  if (units[at] !== SPACE || at + 1 >= end) return false;
  return units[at + 1] === PERCENT || yearAt(units, at + 1, end) > 0;
}

/** A year of four digits that is a word of its own, from 1970 to 2099; −1 where there is none. */
export function yearAt(units: Units, at: number, end: number): number {
  const to = at + 4;
  // `2001:db8::1` is a host.
  const isWord =
    to === end || (to < end && (units[to] === SPACE || (units[to] === COLON && isWordEnd(units, to + 1, end))));
  if (!isWord) return -1;
  const year = readDigits(units, at, 4);
  return year >= 1970 && year < 2100 ? year : -1;
}

/** Position after `+03:00`, `+0300` or `+03` (so the C library calls Istanbul's zone); −1 where there is none. */
function endOfOffset(units: Units, at: number, end: number): number {
  if (at + 3 > end || readDigits(units, at + 1, 2) < 0) return -1;
  const minutesAt = at + 3 < end && units[at + 3] === COLON ? at + 4 : at + 3;
  if (minutesAt + 2 <= end && readDigits(units, minutesAt, 2) >= 0) return minutesAt + 2;
  const isShort = at + 3 >= end || !isUnit(units[at + 3] as number, Unit.name);
  return isShort ? at + 3 : -1;
}

/** µs east of UTC; undefined beyond 15 hours. */
function offsetOf(units: Units, at: number, end: number): Micros | undefined {
  const hours = readDigits(units, at + 1, 2);
  const minutes = end - at > 3 ? readDigits(units, end - 2, 2) : 0;
  if (hours > 15 || minutes > 59) return undefined;
  return (units[at] === MINUS ? -1 : 1) * (hours * 60 + minutes) * 60_000_000;
}
