import { isZoneWord } from '../time/unit-zone.ts';
import type { HeaderPlaces } from './header-places.ts';
import { PriorityWords } from './priority-words.ts';
import { endOfRun, isSpace, isUnit, startsWith, Unit, type Units } from './units.ts';

const SPACE = 0x20;
const COLON = 0x3a;
const COMMA = 0x2c;
const PERCENT = 0x25;
const EQUALS = 0x3d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const MAX_HOSTNAME = 255;
const MAX_TAG = 64;
const MAX_PROCID = 32;
/** RouterOS' chains look like tags: `forward: in:ether1 …`. */
const CHAINS = ['forward', 'input', 'output', 'srcnat', 'dstnat', 'prerouting', 'postrouting'];
/** What Linux calls a host that nobody has named. */
const NO_NAME = '(none)';
/** By length. */
const CHAINS_OF = Array.from({ length: MAX_TAG + 1 }, (_, length) => CHAINS.filter((chain) => chain.length === length));

const priorityWords = new PriorityWords();

/** Places host name, tag and message in what follows the time (or PRI, when there is no time). */
export function placeLegacyNames(
  units: Units,
  start: number,
  end: number,
  header: HeaderPlaces,
  afterTime: boolean,
): void {
  const space = endOfWord(units, start, end);
  if (!afterTime) placeNames(units, start, space, end, header, false);
  else if (!placeForwarded(units, start, end, header) && !placeZoned(units, start, space, end, header)) {
    const at = skipPriority(units, start, end, header);
    placeNames(units, at, at === start ? space : endOfWord(units, at, end), end, header, true);
  }
}

/** The next blank; behind the longest name and a colon where there is none before. */
function endOfWord(units: Units, at: number, end: number): number {
  const limit = Math.min(end, at + MAX_HOSTNAME + 2);
  let space = at;
  while (space < limit && units[space] !== SPACE) space++;
  return space;
}

/**
 * The name of a zone behind a time could be a host's. It is a zone where a host's name and a tag, or Cisco's mark, follow:
 * `EET gw sshd[12]: …`, `EDT fw1 : %ASA-…`.
 */
function placeZoned(units: Units, start: number, space: number, end: number, header: HeaderPlaces): boolean {
  if (space - start < 3 || space - start > 5 || space >= end) return false;
  // Most names of that length end in a digit.
  if (!isUnit(units[space - 1] as number, Unit.letter) || !isZoneWord(units, start, space)) return false;
  placeNames(units, space + 1, endOfWord(units, space + 1, end), end, header, true);
  const { hostname, appname, procid } = header;
  const isCapital = endOfRun(units, start, space, Unit.capital) === space;
  const isCisco = header.messageAt < end && units[header.messageAt] === PERCENT;
  if (hostname.from >= 0 && (isCisco || (isCapital && appname.from >= 0))) return true;
  hostname.from = -1;
  appname.from = -1;
  procid.from = -1;
  return false;
}

/** AIX' syslogd puts it before the name of the host that it forwards for: `Message forwarded from gw: sshd[12]: …`. */
const FORWARDER = 'Message forwarded from ';

function placeForwarded(units: Units, at: number, end: number, header: HeaderPlaces): boolean {
  if (at >= end || units[at] !== 0x4d || !startsWith(units, at, end, FORWARDER)) return false;
  const from = at + FORWARDER.length;
  const to = endOfRun(units, from, end, Unit.name);
  if (to + 1 >= end || units[to] !== COLON || units[to + 1] !== SPACE || !isHostname(units, from, to)) return false;
  header.hostname.set(from, to);
  header.messageAt = placeTag(units, to + 2, end, header);
  return true;
}

/** PRI in words: it counts where there is none in numbers. */
function skipPriority(units: Units, at: number, end: number, header: HeaderPlaces): number {
  if (!priorityWords.read(units, at, end)) return at;
  if (header.priority < 0 && !header.isPriorityTooHigh) header.priority = priorityWords.value;
  return priorityWords.end;
}

/** @param space end of the first word */
function placeNames(
  units: Units,
  start: number,
  space: number,
  end: number,
  header: HeaderPlaces,
  afterTime: boolean,
): void {
  let at = start;
  if (space > at && space < end && space - at < MAX_HOSTNAME + 2) {
    const endsWithColon = units[space - 1] === COLON;
    // `fw1 : %ASA-…` and `fw1: %ASA-…`: the name is followed by a colon; `sshd[12]: …` has no host name.
    const cisco = startsWith(units, space + 1, end, ': %') ? 3 : startsWith(units, space + 1, end, '%') ? 1 : 0;
    const nameEnd = endsWithColon && cisco > 0 ? space - 1 : space;
    if (cisco > 0 && isHostname(units, at, nameEnd)) {
      header.hostname.set(at, nameEnd);
      header.messageAt = space + cisco;
      return;
    }
    // Without a time the first word is as likely part of the message.
    const inside = isBracketed(units, at, space) ? 1 : 0;
    if (afterTime && space - at === NO_NAME.length && startsWith(units, at, end, NO_NAME)) at = space + 1;
    else if (afterTime && !endsWithColon && isHostname(units, at + inside, space - inside)) {
      // `[2001:db8::1]`
      header.hostname.set(at + inside, space - inside);
      at = space + 1;
      while (at < end && units[at] === SPACE) at++;
      at = skipPriority(units, at, end, header);
    }
  }
  header.messageAt = afterTime ? placeTag(units, at, end, header) : at;
}

export function isHostname(units: Units, from: number, to: number): boolean {
  return to > from && to - from <= MAX_HOSTNAME && endOfRun(units, from, to, Unit.host) === to;
}

/** `[2001:db8::1]`; `[1234.5]` is the kernel's time, `[19:56:31]` some clock's. */
function isBracketed(units: Units, from: number, to: number): boolean {
  if (units[from] !== BRACKET || units[to - 1] !== BRACKET_END) return false;
  let colons = 0;
  for (let at = from + 1; at < to - 1; at++) {
    if (units[at] !== COLON) continue;
    if (units[at + 1] === COLON) return true;
    colons += 1;
  }
  return colons === 7;
}

/** What ends a look at a first word: white space, `=` and `,`. */
const STOPS = Uint8Array.from({ length: 256 }, (_, unit) =>
  isSpace(unit) || unit === EQUALS || unit === COMMA ? 1 : 0,
);

/** Vendors whose message begins without a tag: Cisco's `%FAC-SEV-NAME`, RouterOS' `topic,topic`, key=value pairs. */
function startsMessage(units: Units, at: number, end: number): boolean {
  if (at + 1 < end && units[at] === PERCENT && isUnit(units[at + 1] as number, Unit.capital)) return true;
  let isFirst = true;
  for (let cursor = at; cursor < end; cursor++) {
    if (STOPS[units[cursor] as number] === 0) continue;
    if (units[cursor] === EQUALS) {
      if (cursor > at) return true;
    } else if (units[cursor] !== COMMA) return false;
    else if (isFirst && startsWithTopics(units, at, end)) return true;
    isFirst = false;
  }
  return false;
}

/** `topic,topic `, `topic,!topic `. */
export function startsWithTopics(units: Units, at: number, end: number): boolean {
  const to = endOfTopics(units, at, end);
  return to >= 0 && to < end && units[to] === SPACE;
}

/** The position behind `topic,topic`, `topic,!topic`; −1 where none are. */
export function endOfTopics(units: Units, at: number, end: number): number {
  let cursor = endOfRun(units, at, end, Unit.topic);
  if (cursor === at) return -1;
  let commas = 0;
  while (cursor < end && units[cursor] === COMMA) {
    const from = cursor + 1 < end && units[cursor + 1] === 0x21 ? cursor + 2 : cursor + 1;
    cursor = endOfRun(units, from, end, Unit.topic);
    if (cursor === from) return -1;
    commas += 1;
  }
  return commas > 0 ? cursor : -1;
}

/** `tag[pid]:` of RFC 3164 §5.3; the position behind it. */
export function placeTag(units: Units, at: number, end: number, header: HeaderPlaces): number {
  if (at >= end || !isUnit(units[at] as number, Unit.letter)) return at;
  const tagEnd = endOfRun(units, at, Math.min(end, at + MAX_TAG + 1), Unit.tag);
  if (tagEnd - at > MAX_TAG) return at;
  let cursor = tagEnd;
  let procEnd = -1;
  if (cursor < end && units[cursor] === 0x5b) {
    procEnd = endOfRun(units, cursor + 1, Math.min(end, cursor + MAX_PROCID + 2), Unit.name);
    const length = procEnd - cursor - 1;
    if (length === 0 || length > MAX_PROCID || procEnd >= end || units[procEnd] !== 0x5d) return at;
    cursor = procEnd + 1;
  }
  if (cursor >= end || units[cursor] !== COLON || isChain(units, at, tagEnd)) return at;
  // A tag has none of what begins a message; white space behind it ends the look.
  const isAlone = cursor + 1 < end && isSpace(units[cursor + 1] as number);
  if (!isAlone && startsMessage(units, at, end)) return at;
  header.appname.set(at, tagEnd);
  if (procEnd >= 0) header.procid.set(tagEnd + 1, procEnd);
  return cursor + 1 < end && units[cursor + 1] === SPACE ? cursor + 2 : cursor + 1;
}

function isChain(units: Units, from: number, to: number): boolean {
  for (const chain of CHAINS_OF[to - from] as string[]) if (startsWith(units, from, to, chain)) return true;
  return false;
}
