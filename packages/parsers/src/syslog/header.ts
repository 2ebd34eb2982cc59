import type { WrittenTime } from '../time/device-time.ts';
import { readTime } from '../time/read-time.ts';
import { readLegacyNames } from './legacy-names.ts';
import { isOwnForm, readStructuredData } from './structured-data.ts';

/** What stands before the message. Every part may be missing. */
export interface SyslogHeader {
  /** 0–191: facility × 8 + severity. */
  priority?: number;
  /** Only RFC 5424 has one. */
  version?: string;
  time?: WrittenTime;
  hostname?: string;
  appname?: string;
  procid?: string;
  msgid?: string;
  structuredData?: readonly (readonly [name: string, value: string])[];
  /** Position of the message in the text. */
  messageAt: number;
  /** Where the text claims to be something that it isn't. */
  fault?: { field: string; reason: string };
}

/**
 * RFC 5424 or RFC 3164 header, and what devices make of the latter: no PRI, Cisco's sequence numbers and clock marks
 * (`<189>45: *Nov 23 2026 19:56:31.123 UTC: %SYS-…`), years, ISO dates, no host name, no header at all after PRI
 * (FortiGate's `<189>date=…`). One pass from left to right; whatever doesn't fit starts the message.
 */
export function readHeader(text: string): SyslogHeader {
  const header: SyslogHeader = { messageAt: 0 };
  let start = readPriority(text, header);
  // SonicOS puts blanks behind PRI.
  if (start > 0) while (text[start] === ' ') start++;
  if (text.startsWith('date=', start)) {
    header.messageAt = start;
    return header;
  }
  if (/^[1-9]\d{0,2} $/.test(text.slice(start, text.indexOf(' ', start) + 1))) {
    if (readModern(text, start, header)) return header;
  }
  readLegacy(text, start, header);
  return header;
}

/** `<PRI>`; the position after it. */
function readPriority(text: string, header: SyslogHeader): number {
  if (text.charCodeAt(0) !== 0x3c) return 0;
  const end = text.indexOf('>', 1);
  if (end < 2 || end > 4) return 0;
  let value = 0;
  for (let at = 1; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    value = value * 10 + digit;
  }
  if (value > 191) header.fault = { field: 'log.syslog.priority', reason: 'greater than 191' };
  else header.priority = value;
  return end + 1;
}

/** RFC 5424 §6: `VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP SD [SP MSG]`. */
function readModern(text: string, start: number, header: SyslogHeader): boolean {
  const words: string[] = [];
  let at = start;
  for (let index = 0; index < 6; index++) {
    const space = text.indexOf(' ', at);
    // The longest part is HOSTNAME with 255 characters.
    if (space <= at || space - at > 255) return false;
    words.push(text.slice(at, space));
    at = space + 1;
  }
  const [version, timestamp, hostname, appname, procid, msgid] = words as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const time = timestamp === '-' ? undefined : readTime(timestamp, 0);
  // `<13>1 packet dropped …` is no RFC 5424.
  if (timestamp !== '-' && (time === undefined || time.end !== timestamp.length)) return false;
  const data = readStructuredData(text, at);
  if (data && data.end < text.length && text[data.end] !== ' ') return false;
  if (!data && !isOwnForm(text, at)) header.fault ??= { field: 'log.syslog.structured_data', reason: 'malformed' };
  header.version = version;
  if (time) header.time = time.time;
  if (hostname !== '-') header.hostname = hostname;
  if (appname !== '-') header.appname = appname;
  if (procid !== '-') header.procid = procid;
  if (msgid !== '-') header.msgid = msgid;
  if (data && data.parameters.length > 0) header.structuredData = data.parameters;
  const messageAt = data ? Math.min(data.end + 1, text.length) : at;
  // §6.4: UTF-8 messages begin with a byte order mark.
  header.messageAt = text.charCodeAt(messageAt) === 0xfeff ? messageAt + 1 : messageAt;
  return true;
}

/** Before a Cisco time stand up to three of these: sequence numbers and a host name (`logging origin-id`). */
const CISCO_PREFIX = /(?:(\d{1,12})|([\w.-]{1,255})): ?/y;

function readLegacy(text: string, start: number, header: SyslogHeader): void {
  // NX-OS leaves the sequence number out but not its colon.
  let at = text.startsWith(': ', start) ? start + 2 : start;
  let named: string | undefined;
  let time = readMarkedTime(text, at);
  for (let round = 0; !time && round < 3; round++) {
    CISCO_PREFIX.lastIndex = at;
    const prefix = CISCO_PREFIX.exec(text);
    if (!prefix) break;
    at = CISCO_PREFIX.lastIndex;
    named = prefix[2] ?? named;
    time = readMarkedTime(text, at);
  }
  if (!time && at > start && text[at] === '%') {
    if (named !== undefined) header.hostname = named;
    header.messageAt = at;
    return;
  }
  if (!time) {
    readLegacyNames(text, start, header, false);
    return;
  }
  header.time = time.time;
  if (named !== undefined) header.hostname = named;
  let end = time.end;
  if (text[end] === ':') end++;
  while (text[end] === ' ') end++;
  if (named !== undefined || text[end] === '%') header.messageAt = end;
  else readLegacyNames(text, end, header, true);
}

/** A time after Cisco's marks: `*` not set, `.` not synchronised. */
function readMarkedTime(text: string, at: number) {
  const mark = text[at];
  return readTime(text, mark === '*' || mark === '.' ? at + 1 : at);
}
