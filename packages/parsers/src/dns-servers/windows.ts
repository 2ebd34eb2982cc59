import type { EventDraft } from '../event/draft.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { utcMicros } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { setQuestion } from './question.ts';

/**
 * `11/23/2026 7:56:31 PM 0E6C PACKET  0000028657D0 UDP Rcv 10.0.0.5  a1d2 R Q [8081 DR NOERROR] A  (7)example(3)com(0)`:
 * direction, address, id, response, opcode, flags in hex and letters, code, type, name in labels with their lengths.
 */
const PACKET =
  /(?:([\d./-]{6,10}) (\d{1,2}:\d\d:\d\d(?: [AP]M)?) )?(?:([\dA-F]{3,8}) )?PACKET {1,2}([\dA-F]{8,16}) (UDP|TCP) (Rcv|Snd) ([\da-fA-F.:]{2,45}) {1,40}([\da-f]{4}) {1,4}(R)? {0,3}([QNU?])? {0,2}\[([\da-f]{4}) {1,8}([ATDR ]{0,8}?) {0,8}([A-Z]{4,10})\] ([A-Z\d]{1,12}) {1,8}(\S{1,600})/;
const FIRST = /^PACKET {1,2}[\dA-F]{8,16} (?:UDP|TCP) (?:Rcv|Snd) /;
/** How far before the mark the time stands. */
const MARK_WITHIN = 120;

export function isWindowsDns(text: string, at: number): boolean {
  if (text.startsWith('PACKET ', at)) return FIRST.test(text.slice(at, at + 48));
  const mark = text.indexOf(' PACKET ', at);
  return (
    mark >= 0 &&
    mark < at + MARK_WITHIN &&
    / PACKET {1,2}[\dA-F]{8,16} (?:UDP|TCP) (?:Rcv|Snd) /.test(text.slice(mark, mark + 48))
  );
}

/** A packet of the Windows DNS server's debug log. Its dates are written as the server's region does. */
export function readWindowsDns(text: string, draft: EventDraft): VendorTime | undefined {
  // The head takes the thread behind a date of its own form for a host: `2026-11-23 19:56:31 0E6C PACKET …`.
  if (text.startsWith('PACKET ') && /^[\dA-F]{3,8}$/.test(draft.event['log.syslog.hostname'] ?? '')) {
    draft.drop('log.syslog.hostname');
    draft.drop('observer.name');
  }
  const m = PACKET.exec(text.slice(0, 1200));
  if (!m) {
    draft.fail('message', 'unexpected wording of a packet');
    return undefined;
  }
  const [, date, time, , , transport, way, address, id, response, , flags, letters, code, type, name] = m;
  const answers = response === 'R';
  // The other side asks when it is a question received or an answer sent.
  const fromClient = (way === 'Rcv') !== answers;
  setQuestion(draft, {
    action: answers ? 'reply' : 'query',
    name: nameOf(name as string),
    type,
    ...(fromClient ? { client: address } : { server: address }),
    // In a question it says nothing.
    ...(answers ? { code } : {}),
  });
  draft.transport(transport);
  draft.label('dns_id', id);
  draft.label('flags', `${flags} ${letters?.trim()}`.trim());
  if (date === undefined || time === undefined) return undefined;
  return { written: () => writtenTime(date, time) };
}

/** `(3)www(7)example(3)com(0)` → `www.example.com` */
function nameOf(labels: string): string {
  const name = labels.replace(/\(\d{1,3}\)/g, '.');
  return name === '.' ? name : name.replace(/^\./, '').replace(/\.$/, '');
}

/** `11/23/2026 7:56:31 PM` month first; `23/11/2026 19:56:31`, `23.11.2026` and `23-11-2026` day first; `2026-11-23`, `2026/11/23` and `20261123`. */
function writtenTime(written: string, time: string): WrittenTime | undefined {
  const date = /^\d{8}$/.test(written) ? `${written.slice(0, 4)}-${written.slice(4, 6)}-${written.slice(6)}` : written;
  const parts = date.split(/[./-]/).map(Number);
  const yearFirst = (parts[0] as number) > 31;
  // Only where hours are counted to twelve is the month written first; a clock of 24 hours goes with the day.
  const american = date.includes('/') && (time.endsWith('M') || (parts[1] as number) > 12);
  const monthFirst = !yearFirst && american && (parts[0] as number) <= 12;
  const [year, month, day] = yearFirst
    ? parts
    : monthFirst
      ? [parts[2], parts[0], parts[1]]
      : [parts[2], parts[1], parts[0]];
  const [hour, minute, second] = time.split(/[: ]/).map(Number) as [number, number, number];
  const noon = time.endsWith('PM') ? 12 : 0;
  const hours = time.endsWith('M') ? (hour % 12) + noon : hour;
  const local = utcMicros(year ?? 0, (month ?? 0) - 1, day ?? 0, hours, minute, second);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}
