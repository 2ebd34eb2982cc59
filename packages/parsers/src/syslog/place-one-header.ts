import { readUnitTime, UnitTime } from '../time/unit-time.ts';
import { placeColumns, placeDatedColumns } from './collector-file.ts';
import type { HeaderPlaces } from './header-places.ts';
import { placeLegacyNames, placeTag } from './legacy-names.ts';
import { endOfData, isOwnForm } from './structured-data.ts';
import { BYTE_ORDER_MARK, endOfRun, isUnit, readDigits, startsWith, Unit, type Units } from './units.ts';

const SPACE = 0x20;
const COLON = 0x3a;
const PERCENT = 0x25;
const NIL = 0x2d;
const SLASH = 0x2f;

/**
 * RFC 5424 or RFC 3164 header of units[from, end), and what devices make of the latter: no PRI, Cisco's sequence numbers
 * and clock marks (`<189>45: *Nov 23 2026 19:56:31.123 UTC: %SYS-…`), weekdays, years and zones, ISO dates, PRI in words
 * (OpenWrt's `daemon.notice`), Kiwi's tabs, no host name, no header at all after PRI (FortiGate's `<189>date=…`). One pass from left to right; whatever doesn't fit starts the message.
 */
export function placeOneHeader(units: Units, from: number, end: number, header: HeaderPlaces): void {
  header.clear();
  let start = readPriority(units, from, end, header);
  // SonicOS puts blanks behind PRI.
  if (start > from) while (start < end && units[start] === SPACE) start++;
  if (startsWith(units, start, end, 'date=')) {
    header.messageAt = start;
    return;
  }
  const digits = endOfRun(units, start, Math.min(end, start + 4), Unit.digit) - start;
  const isVersion = digits > 0 && digits < 4 && units[start] !== 0x30 && units[start + digits] === SPACE;
  if (isVersion && start + digits < end) {
    if (readModern(units, start, end, header)) return;
    // RFC 5424's version before the rest of RFC 3164: `<38>1 Nov 23 19:56:31 gw …`.
    const next = start + digits + 1;
    const mayBeTime = next < end && isUnit(units[next] as number, Unit.capital);
    if (mayBeTime && readUnitTime(units, next, end, header.time)) start = next;
  }
  readLegacy(units, start, end, header);
}

/** `<PRI>`; the position after it, `from` where there is none. */
export function readPriority(units: Units, from: number, end: number, header: HeaderPlaces): number {
  if (from >= end || units[from] !== 0x3c) return from;
  const digits = endOfRun(units, from + 1, Math.min(end, from + 4), Unit.digit) - from - 1;
  const close = from + 1 + digits;
  if (digits === 0 || close >= end || units[close] !== 0x3e) return from;
  const value = readDigits(units, from + 1, digits);
  if (value > 191) header.isPriorityTooHigh = true;
  else header.priority = value;
  return close + 1;
}

/** Where each of the six words of RFC 5424 ends. */
const wordEnds = new Int32Array(6);

/** RFC 5424 §6: `VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP SD [SP MSG]`. */
function readModern(units: Units, start: number, end: number, header: HeaderPlaces): boolean {
  let at = start;
  for (let index = 0; index < 6; index++) {
    let space = at;
    // The longest part is HOSTNAME with 255 characters.
    const limit = Math.min(end, at + 256);
    while (space < limit && units[space] !== SPACE) space++;
    if (space === limit || space === at) return false;
    wordEnds[index] = space;
    at = space + 1;
  }
  const [versionEnd, timeEnd, hostEnd, appEnd, procEnd, msgidEnd] = wordEnds as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const hasTime = !isNil(units, versionEnd + 1, timeEnd);
  // `<13>1 packet dropped …` is no RFC 5424.
  if (hasTime && !(readUnitTime(units, versionEnd + 1, timeEnd, header.time) && header.time.end === timeEnd))
    return false;
  const dataEnd = endOfData(units, at, end);
  if (dataEnd >= 0 && dataEnd < end && units[dataEnd] !== SPACE) return false;
  header.hasTime = hasTime;
  header.version.set(start, versionEnd);
  if (!isNil(units, timeEnd + 1, hostEnd)) header.hostname.set(timeEnd + 1, hostEnd);
  if (!isNil(units, hostEnd + 1, appEnd)) header.appname.set(hostEnd + 1, appEnd);
  if (!isNil(units, appEnd + 1, procEnd)) header.procid.set(appEnd + 1, procEnd);
  if (!isNil(units, procEnd + 1, msgidEnd)) header.msgid.set(procEnd + 1, msgidEnd);
  // Devices that have neither MSGID nor data leave out the latter's dash, too.
  const isDataMissing = isNil(units, procEnd + 1, msgidEnd) && !(at < end && units[at] === 0x5b);
  header.isDataMalformed = dataEnd < 0 && !isDataMissing && !isOwnForm(units, at, end);
  if (dataEnd > at + 1) header.data.set(at, dataEnd);
  const messageAt = dataEnd < 0 ? at : Math.min(dataEnd + 1, end);
  // §6.4: UTF-8 messages begin with a byte order mark.
  header.messageAt = messageAt < end && units[messageAt] === BYTE_ORDER_MARK ? messageAt + 1 : messageAt;
  return true;
}

function isNil(units: Units, from: number, to: number): boolean {
  return to - from === 1 && units[from] === NIL;
}

function readLegacy(units: Units, start: number, end: number, header: HeaderPlaces): void {
  // NX-OS leaves the sequence number out but not its colon.
  let at = startsWith(units, start, end, ': ') ? start + 2 : start;
  const { time, hostname } = header;
  let isTime = readMarkedTime(units, at, end, time);
  if (!isTime && placeDatedColumns(units, at, end, header)) {
    readWithin(units, end, header);
    return;
  }
  // Before a Cisco time stand up to three of these: sequence numbers and a host name (`logging origin-id`).
  for (let round = 0; !isTime && round < 3; round++) {
    const to = endOfRun(units, at, Math.min(end, at + 256), Unit.name);
    if (to === at || to - at > 255 || to >= end || units[to] !== COLON) break;
    if (to - at > 12 || endOfRun(units, at, to, Unit.digit) < to) hostname.set(at, to);
    at = to + 1;
    if (at < end && units[at] === SPACE) at += 1;
    isTime = readMarkedTime(units, at, end, time);
  }
  if (!isTime) {
    if (at > start && at < end && units[at] === PERCENT) header.messageAt = at;
    else {
      hostname.from = -1;
      placeLegacyNames(units, start, end, header, false);
    }
    return;
  }
  header.hasTime = true;
  if (placeColumns(units, time.end, end, header)) {
    readWithin(units, end, header);
    return;
  }
  const after = behindTime(units, time.end, end);
  if (header.priority < 0 && isContainerStream(units, after, end)) {
    header.messageAt = after + STREAM;
    return;
  }
  // Without PRI these are files of programs (`2026/11/23 19:56:31 [error] 7#0: …`), in which no host is named.
  const isProgram = header.priority < 0 && !header.isPriorityTooHigh && at + 4 < end && units[at + 4] === SLASH;
  if (isProgram || hostname.from >= 0 || (after < end && units[after] === PERCENT)) header.messageAt = after;
  else if (!isDigit(units, at) || !readUnversioned(units, after, end, header))
    placeLegacyNames(units, after, end, header, true);
}

/** Length of `stdout F `. */
const STREAM = 9;

/** Kubernetes' files: `2026-11-23T16:56:31.5Z stdout F message`, `P` for a part of a line. */
function isContainerStream(units: Units, at: number, end: number): boolean {
  if (!startsWith(units, at, end, 'std') || at + STREAM > end || units[at + 6] !== SPACE) return false;
  return (units[at + 7] === 0x46 || units[at + 7] === 0x50) && units[at + 8] === SPACE;
}

/** Behind the colon and the blanks that may follow a time. */
function behindTime(units: Units, timeEnd: number, end: number): number {
  let at = timeEnd;
  if (at < end && units[at] === COLON) at += 1;
  while (at < end && units[at] === SPACE) at += 1;
  return at;
}

/** Apart from the header's time, which stays where this one can't be read. */
const within = new UnitTime();

/** The device's own header, as far as a collector's file has kept it: time and names, or a tag alone. */
function readWithin(units: Units, end: number, header: HeaderPlaces): void {
  const at = header.messageAt;
  if (!readMarkedTime(units, at, end, within)) {
    header.messageAt = placeTag(units, at, end, header);
    return;
  }
  header.time.take(within);
  header.hasTime = true;
  const after = behindTime(units, within.end, end);
  if (after < end && units[after] === PERCENT) header.messageAt = after;
  else placeLegacyNames(units, after, end, header, true);
}

function isDigit(units: Units, at: number): boolean {
  return isUnit(units[at] as number, Unit.digit);
}

/**
 * RFC 5424 without its PRI and version, behind the time: `HOSTNAME APP-NAME PROCID MSGID SD MSG`, as OPNsense's files and
 * rsyslog's templates have it. PROCID is a number or nil, and SD whole, or it is none.
 */
function readUnversioned(units: Units, from: number, end: number, header: HeaderPlaces): boolean {
  let at = from;
  for (let index = 0; index < 4; index++) {
    let space = at;
    const limit = Math.min(end, at + 256);
    while (space < limit && units[space] !== SPACE) space++;
    if (space === limit || space === at) return false;
    const isNumber = index !== 2 || isNil(units, at, space) || endOfRun(units, at, space, Unit.digit) === space;
    if (!isNumber) return false;
    wordEnds[index] = space;
    at = space + 1;
  }
  const dataEnd = endOfData(units, at, end);
  if (dataEnd < 0 || (dataEnd < end && units[dataEnd] !== SPACE)) return false;
  const [hostEnd, appEnd, procEnd, msgidEnd] = wordEnds as unknown as [number, number, number, number];
  if (!isNil(units, from, hostEnd)) header.hostname.set(from, hostEnd);
  if (!isNil(units, hostEnd + 1, appEnd)) header.appname.set(hostEnd + 1, appEnd);
  if (!isNil(units, appEnd + 1, procEnd)) header.procid.set(appEnd + 1, procEnd);
  if (!isNil(units, procEnd + 1, msgidEnd)) header.msgid.set(procEnd + 1, msgidEnd);
  if (dataEnd > at + 1) header.data.set(at, dataEnd);
  header.messageAt = Math.min(dataEnd + 1, end);
  return true;
}

/** A time after Cisco's marks: `*` not set, `.` not synchronised. */
function readMarkedTime(units: Units, at: number, end: number, time: UnitTime): boolean {
  if (at >= end) return false;
  const isMarked = units[at] === 0x2a || units[at] === 0x2e;
  const timeAt = isMarked ? at + 1 : at;
  if (timeAt >= end || !isUnit(units[timeAt] as number, Unit.letter | Unit.digit)) return false;
  return readUnitTime(units, timeAt, end, time);
}
