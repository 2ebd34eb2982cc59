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

/** Words for zones that mean one offset wherever they stand in a log, in hours east of UTC (decision 104). */
const OFFSETS: ReadonlyMap<string, number> = new Map([
  ...([
    ['UTC', 0],
    ['GMT', 0],
    ['WET', 0],
    ['WEST', 1],
    ['CET', 1],
    ['CEST', 2],
    ['MSK', 3],
    ['TRT', 3],
  ] as const),
  ...([
    ['EST', -5],
    ['EDT', -4],
    ['CDT', -5],
    ['MDT', -6],
    ['PST', -8],
    ['PDT', -7],
  ] as const),
  ...([
    ['JST', 9],
    ['AEST', 10],
    ['AEDT', 11],
    ['NZST', 12],
    ['NZDT', 13],
  ] as const),
]);
/** Others mean what a country or a device's owner says (CST, EET since Türkiye left it): the device's own zone. */
const ZONES = [...OFFSETS.keys(), 'EET', 'EEST', 'BST', 'CST', 'MST', 'IST'];
const HOUR: Micros = 3_600_000_000;

/** What a zone's word means, in any case: µs east of UTC; undefined where that differs. */
export function offsetOfZone(word: string): Micros | undefined {
  const hours = OFFSETS.get(word.toUpperCase());
  return hours === undefined ? undefined : hours * HOUR;
}

/**
 * The zone behind a time that ends at `at`, with a blank before it or without. Offsets and UTC are taken wherever they stand.
 * Other words are, where they can't be the name of a host: before a colon, before ` %`, at the end, and before a year
 * (`06:16:31 EET 2026`); those that mean nothing certain are skipped, and the device's zone used.
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
  const capitals = isUnit(first as number, Unit.capital);
  if (!isUnit(first as number, Unit.letter)) return;
  const to = endOfRun(units, from, Math.min(end, from + 6), capitals ? Unit.capital : Unit.letter);
  if (isUtcWord(units, from, to)) {
    if (!isWordEnd(units, to, end)) return;
    zoned.offset = 0;
  } else if (to - from < 2 || to - from > 5 || !endsZone(units, to, end)) return;
  else if ((!isBsd || !capitals) && !isZoneWord(units, from, to)) return;
  else zoned.offset = offsetOfWord(units, from, to);
  zoned.end = to;
}

function isUtcWord(units: Units, from: number, to: number): boolean {
  if (to - from === 1) return units[from] === 0x5a;
  return to - from === 3 && (startsWith(units, from, to, 'UTC') || startsWith(units, from, to, 'GMT'));
}

function offsetOfWord(units: Units, from: number, to: number): Micros | undefined {
  let word = '';
  for (let at = from; at < to; at++) word += String.fromCharCode(units[at] as number);
  return offsetOfZone(word);
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
