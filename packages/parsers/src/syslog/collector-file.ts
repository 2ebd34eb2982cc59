import { readUnitTime } from '../time/unit-time.ts';
import type { HeaderPlaces } from './header-places.ts';
import { isHostname } from './legacy-names.ts';
import { PriorityWords } from './priority-words.ts';
import { endOfRun, isUnit, readDigits, Unit, type Units } from './units.ts';

const TAB = 0x09;
const SPACE = 0x20;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const MAX_HOSTNAME = 255;
/** Length of `2026-11-23 19:56:31`. */
const TIME = 19;

const priorityWords = new PriorityWords();
/** A time in the form that is read, out of columns that have it in another. */
const stamp = new Uint8Array(TIME);

/**
 * Kiwi's columns behind the time: `TAB Local4.Info TAB 10.0.0.1 TAB message`, or with commas. False where they are none;
 * header.messageAt is then where it was, else at the message, which may begin with the device's own header.
 */
export function placeColumns(units: Units, start: number, end: number, header: HeaderPlaces): boolean {
  const delimiter = start < end ? (units[start] as number) : SPACE;
  if (delimiter !== TAB && delimiter !== COMMA) return false;
  if (!priorityWords.read(units, start + 1, end, delimiter)) return false;
  const to = placeHost(units, priorityWords.end, end, delimiter, header);
  if (to < 0) return false;
  if (header.priority < 0 && !header.isPriorityTooHigh) header.priority = priorityWords.value;
  header.messageAt = to + 1;
  return true;
}

/** End of the host's column; −1 where it is none. */
function placeHost(units: Units, from: number, end: number, delimiter: number, header: HeaderPlaces): number {
  const to = endOfRun(units, from, Math.min(end, from + MAX_HOSTNAME + 1), Unit.host);
  if (!isHostname(units, from, to) || to >= end || units[to] !== delimiter) return -1;
  header.hostname.set(from, to);
  return to;
}

/**
 * Lines of collectors' files whose time has a form of its own: Kiwi's `11-23-2026 TAB 19:56:31 TAB Local4.Info TAB …`, and
 * WinSyslog's `2026-11-23,19:56:32,2026-11-23,19:56:31,10.0.0.1,16,5,message`: received, reported, host, facility, severity.
 */
export function placeDatedColumns(units: Units, start: number, end: number, header: HeaderPlaces): boolean {
  if (start + TIME > end || !isUnit(units[start] as number, Unit.digit)) return false;
  if (units[start + 2] === MINUS) return units[start + 10] === TAB && placeDayFirst(units, start, end, header);
  return units[start + 4] === MINUS && units[start + 10] === COMMA && placeWinSyslog(units, start, end, header);
}

/** Month and day stand in either order; where both could be the month, the line has no time. */
function placeDayFirst(units: Units, start: number, end: number, header: HeaderPlaces): boolean {
  const first = readDigits(units, start, 2);
  const second = readDigits(units, start + 3, 2);
  if (units[start + 5] !== MINUS || first < 1 || second < 1) return false;
  if (!placeColumns(units, start + TIME, end, header)) return false;
  const isKnown = first > 12 || second > 12 || first === second;
  const [month, day] = first > 12 ? [start + 3, start] : [start, start + 3];
  if (isKnown) header.hasTime = readStamp(units, [start + 6, month, day, start + 11], header);
  return true;
}

function placeWinSyslog(units: Units, start: number, end: number, header: HeaderPlaces): boolean {
  const reported = start + TIME + 1;
  if (reported + TIME >= end || units[reported - 1] !== COMMA || units[reported + TIME] !== COMMA) return false;
  if (units[reported + 4] !== MINUS || units[reported + 10] !== COMMA || units[reported + 13] !== COLON) return false;
  const hostEnd = placeHost(units, reported + TIME + 1, end, COMMA, header);
  if (hostEnd < 0) return false;
  const facilityEnd = endOfRun(units, hostEnd + 1, Math.min(end, hostEnd + 3), Unit.digit);
  const facility = readDigits(units, hostEnd + 1, facilityEnd - hostEnd - 1);
  const severityEnd = facilityEnd + 2;
  const severity = facilityEnd + 1 < end ? readDigits(units, facilityEnd + 1, 1) : -1;
  const isPriority = facilityEnd > hostEnd + 1 && facility <= 23 && severity >= 0 && severity <= 7;
  if (!isPriority || units[facilityEnd] !== COMMA || severityEnd >= end || units[severityEnd] !== COMMA) {
    header.hostname.from = -1;
    return false;
  }
  if (header.priority < 0 && !header.isPriorityTooHigh) header.priority = facility * 8 + severity;
  header.hasTime = readStamp(units, [reported, reported + 5, reported + 8, reported + 11], header);
  header.messageAt = severityEnd + 1;
  return true;
}

/** @param places where year, month, day and clock begin */
function readStamp(units: Units, places: readonly [number, number, number, number], header: HeaderPlaces): boolean {
  const [year, month, day, clock] = places;
  stamp.set(units.subarray(year, year + 4), 0);
  stamp.set(units.subarray(month, month + 2), 5);
  stamp.set(units.subarray(day, day + 2), 8);
  stamp.set(units.subarray(clock, clock + 8), 11);
  stamp[4] = MINUS;
  stamp[7] = MINUS;
  stamp[10] = SPACE;
  return readUnitTime(stamp, 0, TIME, header.time);
}
