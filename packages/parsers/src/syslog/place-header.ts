import { HeaderPlaces } from './header-places.ts';
import { placeOneHeader, readPriority } from './place-one-header.ts';
import { BYTE_ORDER_MARK, endOfRun, isUnit, Unit, type Units } from './units.ts';

const SPACE = 0x20;
const LESS = 0x3c;
const BRACE = 0x7b;
const PERCENT = 0x25;
/** Digits of the longest octet count that a file keeps: those of 64 KiB and more. */
const MAX_COUNT = 6;
/** PRI of the kernel's own messages, which stand in the text of records, too: `<4>[12.3] …`. */
const MAX_KERNEL_PRIORITY = 7;

const carried = new HeaderPlaces();

/**
 * The header of units[from, end), as `placeOneHeader` finds it. A relay may put one of its own before it, which the device's
 * own overrides. Before the header a byte order mark and RFC 6587's octet count are passed over: files keep them.
 */
export function placeHeader(units: Units, from: number, end: number, header: HeaderPlaces): void {
  placeOneHeader(units, startOf(units, from, end), end, header);
  if ((header.hasTime || header.version.from >= 0) && isCarried(units, header.messageAt, end, header))
    header.takeCarried(carried);
}

function startOf(units: Units, from: number, end: number): number {
  if (from < end && units[from] === LESS) return from;
  let at = from;
  if (at < end && units[at] === BYTE_ORDER_MARK) at += 1;
  else if (at + 2 < end && units[at] === 0xef && units[at + 1] === 0xbb && units[at + 2] === 0xbf) at += 3;
  at = behindBlanks(units, at, end);
  const digits = endOfRun(units, at, Math.min(end, at + MAX_COUNT + 1), Unit.digit);
  const isCount = digits > at && digits - at <= MAX_COUNT && digits + 1 < end && units[digits] === SPACE;
  if (isCount && units[digits + 1] === LESS && readPriority(units, digits + 1, end, carried) > digits + 1)
    return digits + 1;
  return at;
}

/** Blanks before PRI or a JSON object say nothing; before all else they may be part of a form. */
function behindBlanks(units: Units, from: number, end: number): number {
  let at = from;
  while (at < end && units[at] === SPACE) at++;
  return at < end && (units[at] === LESS || units[at] === BRACE) ? at : from;
}

/** Does the message begin with a header of its own? It is then in `carried`. */
function isCarried(units: Units, at: number, end: number, outer: HeaderPlaces): boolean {
  if (at >= end) return false;
  if (units[at] === LESS) {
    placeOneHeader(units, at, end, carried);
    if (carried.priority < 0) return false;
    return carried.hasTime || carried.priority > MAX_KERNEL_PRIORITY;
  }
  // Without PRI it could be the message's own time: only with names behind it is it a header.
  if (outer.hostname.from < 0 || outer.appname.from >= 0 || !mayBeStamp(units, at, end)) return false;
  placeOneHeader(units, at, end, carried);
  if (!carried.hasTime || carried.hostname.from < 0) return false;
  const { messageAt, appname, version } = carried;
  return appname.from >= 0 || version.from >= 0 || (messageAt < end && units[messageAt] === PERCENT);
}

/** `Nov 23 …`, `2026-11-23T…`, `1 2026-11-23T…`. */
function mayBeStamp(units: Units, at: number, end: number): boolean {
  if (at + 16 > end) return false;
  if (isUnit(units[at] as number, Unit.capital)) return units[at + 3] === SPACE;
  return units[at + 10] === 0x54 || (units[at + 1] === SPACE && units[at + 12] === 0x54);
}
