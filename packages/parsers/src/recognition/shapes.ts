import { endOfTopics } from '../syslog/legacy-names.ts';
import { BYTE_ORDER_MARK, endOfRun, isUnit, startsWith, Unit, type Units } from '../syslog/units.ts';

/**
 * May a record with a certain sign be a vendor's, by a few units of its message? Never false for one that its parser recognises.
 * @param from where the record begins
 * @param at where its message does
 */
export type Shape = (units: Units, from: number, at: number, end: number) => boolean;

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const PERCENT = 0x25;
const COMMA = 0x2c;
const SLASH = 0x2f;
const COLON = 0x3a;
const AT = 0x40;
const EQUALS = 0x3d;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const BRACE = 0x7b;
/** Length of a MAC. */
const MAC = 17;
/** As in cisco/preamble.ts. */
const MAX_PREAMBLE = 160;
/** How far the general forms' parsers look. */
const HEAD = 512;

function digits(units: Units, at: number, end: number, most: number): number {
  return endOfRun(units, at, Math.min(end, at + most), Unit.digit) - at;
}

/** Place of the first comma before `limit`; −1 for none. */
function commaBefore(units: Units, at: number, limit: number): number {
  for (let place = at; place < limit; place++) if (units[place] === COMMA) return place;
  return -1;
}

/** `1795452991.123`, behind `1 ` too: seconds since 1970 with a fraction (Squid, Meraki). */
export function isEpoch(units: Units, _from: number, at: number, end: number): boolean {
  const start = startsWith(units, at, end, '1 ') ? at + 2 : at;
  const count = digits(units, start, end, 12);
  return count >= 9 && count <= 11 && start + count < end && units[start + count] === 0x2e;
}

/** `1795452991.123 `: Squid's own format. */
export function isSquidTime(units: Units, _from: number, at: number, end: number): boolean {
  const point = at + digits(units, at, end, 12);
  return isEpoch(units, at, at, end) && point + 4 < end && units[point + 4] === SPACE;
}

/** `1795452991.123456` and a tab, which syslog daemons write as `#011`: Zeek's. */
export function isZeekTime(units: Units, _from: number, at: number, end: number): boolean {
  if (!isEpoch(units, at, at, end)) return false;
  const point = at + digits(units, at, end, 12);
  const to = point + 1 + digits(units, point + 1, end, 10);
  return to < end && (units[to] === TAB || units[to] === HASH);
}

/** `23-Nov-2026`: a file of BIND's. */
export function isBindFile(units: Units, _from: number, at: number, end: number): boolean {
  return digits(units, at, end, 2) === 2 && at + 3 < end && units[at + 2] === 0x2d;
}

/** `11/23-19:56:31`, `11/23/2026-…`, `[**] `, `[1:2001:3] `, `[Drop] `: alerts of Snort and Suricata. */
export function isAlert(units: Units, _from: number, at: number, end: number): boolean {
  if (units[at] === OPEN)
    return at + 1 < end && (units[at + 1] === 0x2a || isUnit(units[at + 1] as number, Unit.letter | Unit.digit));
  return digits(units, at, end, 2) === 2 && at + 3 < end && units[at + 2] === SLASH;
}

/** `[action:"`, `[action::"`, `syslog[action:`, `23Nov2026 19:56:31 `, ` 9:56:31 `, `"17" "`: Check Point's lists, `fw log`, and export. */
export function isCheckPointLine(units: Units, _from: number, at: number, end: number): boolean {
  if (units[at] === QUOTE) {
    const to = at + 1 + digits(units, at + 1, end, 12);
    return to > at + 1 && startsWith(units, to, end, '" "');
  }
  if (startsWith(units, at, end, 'syslog[')) return true;
  if (units[at] === OPEN) {
    const to = endOfRun(units, at + 1, Math.min(end, at + 66), Unit.name);
    if (to === at + 1 || to >= end || units[to] !== COLON) return false;
    const quote = to + 1 < end && units[to + 1] === COLON ? to + 2 : to + 1;
    return quote < end && units[quote] === QUOTE;
  }
  const start = units[at] === SPACE ? at + 1 : at;
  const count = digits(units, start, end, 3);
  if (count === 0 || count > 2 || start + count >= end) return false;
  return (
    units[start + count] === COLON ||
    endOfRun(units, start + count, Math.min(end, start + count + 4), Unit.letter) === start + count + 3
  );
}

/** `1,2026/11/23 …`: PAN-OS. */
export function isRow(units: Units, _from: number, at: number, end: number): boolean {
  const comma = at + digits(units, at, end, 20);
  return comma > at && startsWith(units, comma, end, ',20');
}

/** `%SYS`: the first percent sign near the start begins a mark of Cisco's. */
export function hasCiscoMark(units: Units, _from: number, at: number, end: number): boolean {
  const limit = Math.min(end, at + MAX_PREAMBLE);
  let place = at;
  while (place < limit && units[place] !== PERCENT) place++;
  return place < limit && place + 1 < end && isUnit(units[place + 1] as number, Unit.capital);
}

/** `Mon Nov 23 19:56:31 2026 `, `2026-11-23 19:56:31 `: times with which OpenVPN's own file begins its lines, behind PRI too. */
export function isOpenVpnFile(units: Units, from: number, _at: number, end: number): boolean {
  let start = from;
  if (units[from] === 0x3c) {
    do start++;
    while (start < end && start < from + 5 && units[start - 1] !== 0x3e);
  }
  if (start + 20 > end) return false;
  if (units[start + 4] === 0x2d) return units[start + 10] === SPACE && digits(units, start, end, 4) === 4;
  const isWeekday = units[start + 3] === SPACE && isUnit(units[start + 4] as number, Unit.capital);
  return isWeekday && isUnit(units[start] as number, Unit.capital);
}

/** RouterOS' topics at the message's start, behind a file's time, or where the header has a name; a station's MAC. */
export function mayHaveTopics(units: Units, from: number, at: number, end: number): boolean {
  // `firewall,info `, `firewall,info: `
  const to = endOfTopics(units, at, end);
  if (to >= 0 && to < end && (units[to] === SPACE || units[to] === COLON)) return true;
  // `jan/02/1970 02:00:09 `, `20:20:36 `
  const isTime = digits(units, at, end, 2) === 2 && units[at + 2] === COLON && at + 8 < end && units[at + 8] === SPACE;
  const isDate = at + 3 < end && units[at + 3] === SLASH;
  // `00:00:5E:00:53:23@wlan1: `
  const isStation = at + MAC < end && units[at + MAC] === AT;
  return isTime || isDate || isStation || commaBefore(units, from, at) >= 0;
}

/** `U7LT,00005e005340,v4.0.66`, `UDMPRO,00005e005340,udm-1.10.0`, `00005e005340,U6-Pro-6.5.28`: UniFi's devices. */
export function isUnifiDevice(units: Units, _from: number, at: number, end: number): boolean {
  const comma = commaBefore(units, at, Math.min(end, at + 36));
  if (comma < 0) return false;
  return comma === at + 12 || (comma + 14 < end && units[comma + 13] === COMMA);
}

/** `10,11/23/26,`, behind an agent's tag, too: a line of Windows' DHCP server. */
export function isWindowsLease(units: Units, _from: number, at: number, end: number): boolean {
  const comma = commaBefore(units, at, Math.min(end, at + 60));
  return comma > at && digits(units, comma + 1, end, 2) === 2 && comma + 3 < end && units[comma + 3] === SLASH;
}

/** A message right behind structured data: `] message`, a byte order mark before it too, and `]` alone. */
export function isBehindData(units: Units, from: number, at: number): boolean {
  const to = at > from && units[at - 1] === BYTE_ORDER_MARK ? at - 1 : at;
  return to - 2 >= from && (units[to - 2] === CLOSE || units[to - 1] === CLOSE);
}

/** An object, behind `@cee:` too. */
export function isObject(units: Units, _from: number, at: number, end: number): boolean {
  return at < end && (units[at] === BRACE || startsWith(units, at, end, '@cee:'));
}

/** At least three equals signs near the start. */
export function hasPairs(units: Units, _from: number, at: number, end: number): boolean {
  const limit = Math.min(end, at + HEAD);
  let count = 0;
  for (let place = at; place < limit; place++) if (units[place] === EQUALS && ++count === 3) return true;
  return false;
}

/** At least five commas near the start; those of a sentence have a blank behind them. */
export function hasValues(units: Units, _from: number, at: number, end: number): boolean {
  const limit = Math.min(end, at + HEAD);
  let count = 0;
  for (let place = at; place < limit; place++) {
    // What stands between quotes is one value.
    if (units[place] === QUOTE) return true;
    if (units[place] !== COMMA) continue;
    if (place + 1 < limit && units[place + 1] === SPACE) return false;
    count += 1;
  }
  return count >= 5;
}
