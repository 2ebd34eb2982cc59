import type { EventDraft } from '../event/draft.ts';
import type { SyslogHeader } from '../syslog/header.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { readTime } from '../time/read-time.ts';
import { offsetOfZone } from '../time/unit-zone.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';

/** Between syslog header and mark stand at most a sequence number, names and a time; a longer text is a message. */
const MAX_PREAMBLE = 160;
/** `2y10w`, `00:01:05`: uptime instead of time (`service timestamps log uptime`). */
const UPTIME = /^(?:(?:\d{1,3}[ywdh]){1,3}|\d{1,3}:\d\d:\d\d)$/;
/** Kiwi and others write facility and severity in words. */
const PRIORITY_WORDS = /^(?:LOCAL\d|KERN|USER|DAEMON|AUTH|SYSLOG)\.[A-Z]{3,13}$/i;
/** With the context behind a slash. */
const HOSTNAME = /^[\w.:-]{1,255}(?:\/[\w.-]{1,64})?$/;
/** IOS XR names the card: `RP/0/RSP0/CPU0:Nov 23 19:56:31.123 TRT: `. */
const CARD = /[A-Z]{1,4}\/\d{1,3}\/\w{1,8}\/CPU\d{1,2}:/y;
/** After a time: `TRT`, `mdt`, `UTC+3`, `UTC-07:30`. */
const ZONE = / ?([A-Za-z]{1,5})(?:([+-])(\d{1,2})(?::?(\d\d))?)?(?=:)/y;

/** Position of the first `%` that may begin a mark; −1 when there is none near. */
export function findMark(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x25) return at;
  const found = text.slice(at, at + MAX_PREAMBLE).indexOf('%');
  return found < 0 ? -1 : at + found;
}

/**
 * Reads what a relay's header leaves before the mark: EMBLEM's colon, `logging origin-id`, `device-id`, sequence
 * numbers, and the device's own time, which is better than the relay's.
 */
export function readPreamble(
  { text, messageAt, header }: VendorInput,
  markAt: number,
  draft: EventDraft,
): VendorTime | undefined {
  let cursor = messageAt;
  if (header.hostname !== undefined && UPTIME.test(header.hostname)) {
    draft.drop('log.syslog.hostname');
    draft.drop('observer.name');
  }
  let time = takeZone(header, draft);
  while (cursor < markAt) {
    const code = text.charCodeAt(cursor);
    CARD.lastIndex = cursor;
    if (code === 0x20 || code === 0x3a || code === 0x2a) cursor++;
    else if (CARD.test(text)) cursor = CARD.lastIndex;
    else {
      const read = readTime(text, code === 0x2e ? cursor + 1 : cursor);
      if (read && read.end <= markAt) {
        ZONE.lastIndex = read.end;
        const zone = ZONE.exec(text);
        time = zone ? { ...read.time, offset: read.time.offset ?? offsetOf(zone) } : read.time;
        cursor = zone ? ZONE.lastIndex : read.end;
      } else cursor = readWord(text, cursor, markAt, draft);
    }
  }
  if (time === undefined) return undefined;
  const written = time;
  return { written: () => written };
}

/** `Nov 23 19:56:31 sw-1 CEST: %…`: a relay's header puts the zone behind the name, where a program's stands. */
function takeZone({ appname, time }: SyslogHeader, draft: EventDraft): WrittenTime | undefined {
  const offset = appname === undefined ? undefined : offsetOfZone(appname);
  if (offset === undefined || time === undefined) return undefined;
  draft.drop('log.syslog.appname');
  return { ...time, offset: time.offset ?? offset };
}

/** `mdt`, `UTC+3`, `UTC-07:30` → µs east of UTC. */
function offsetOf([, word, sign, hours, minutes]: RegExpExecArray): number | undefined {
  if (sign === undefined) return offsetOfZone(word as string);
  const length = Number(hours) * 60 + Number(minutes ?? 0);
  return Number(hours) > 14 ? undefined : (sign === '-' ? -length : length) * 60_000_000;
}

/** A name, when the header has none; numbers are sequence numbers. The position behind it. */
function readWord(text: string, at: number, markAt: number, draft: EventDraft): number {
  const space = text.indexOf(' ', at);
  const end = space < 0 || space > markAt ? markAt : space;
  const word = text.slice(at, text[end - 1] === ':' ? end - 1 : end);
  const { event } = draft;
  if (event['observer.name'] === undefined && isName(word)) {
    event['observer.name'] = word;
    event['log.syslog.hostname'] = word;
  }
  return end;
}

function isName(word: string): boolean {
  return HOSTNAME.test(word) && !/^[\d:]{1,20}$/.test(word) && !UPTIME.test(word) && !PRIORITY_WORDS.test(word);
}

const REPEATED = /^message repeated (\d{1,9}) times: \[ ?/;

/** `message repeated 2 times: [ text]`, as rsyslog writes it between mark and text: the text, and the count as a label. */
export function unwrapRepeated(text: string, draft: EventDraft): string {
  const m = text.startsWith('message repeated ') ? REPEATED.exec(text) : null;
  if (!m) return text;
  draft.label('repeated', m[1]);
  return text.slice(m[0].length, text.endsWith(']') ? -1 : undefined);
}
