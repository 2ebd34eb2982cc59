import type { EventDraft } from '../event/draft.ts';
import { utcMicros } from '../time/read-time.ts';
import { canonicalIp } from '../values/ip.ts';
import type { VendorTime } from '../vendor.ts';
import { setRequest } from '../web-log/request.ts';

/** Of HTTP, WebDAV, Exchange and BITS. A line is recognised by them, too. */
export const METHODS = (
  'GET POST HEAD PUT DELETE OPTIONS PATCH CONNECT TRACE TRACK DEBUG PROPFIND PROPPATCH BPROPPATCH MKCOL COPY MOVE BMOVE ' +
  'BDELETE LOCK UNLOCK SEARCH REPORT SUBSCRIBE UNSUBSCRIBE POLL BITS_POST RPC_IN_DATA RPC_OUT_DATA'
).split(' ');
/** `2026-11-23 16:56:31 [W3SVC1 WEB01 ]10.0.0.1 GET /path`: date and time of the W3C format, in UTC. */
const HEAD = new RegExp(
  String.raw`(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) ((?:[\w.-]{1,64} ){0,2})([\da-fA-F.:]{2,45}(?:%\d{1,3})?) (${METHODS.join('|')}) (\/[^ ]{0,2048}|\*|-) `,
  'y',
);
/** More words than the longest choice of columns has. */
const MAX_WORDS = 24;
const NUMBER = /^\d{1,16}$/;

export function isIis(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!(code >= 0x30 && code <= 0x39)) return false;
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/**
 * A request to Microsoft IIS ("W3C logging", learn.microsoft.com). A line doesn't name its columns: those before the
 * path and behind the browser differ, so the numbers are read from the end: status, substatus, Windows' code, bytes
 * sent and received, ms; an address behind them is that of `X-Forwarded-For`.
 */
export function readIis(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [query, port, user, client, ...more] = text.slice(HEAD.lastIndex).split(' ', MAX_WORDS);
  const forwarded = more.length > 4 && !NUMBER.test(more.at(-1) ?? '') ? more.pop() : undefined;
  let first = more.length;
  while (first > 0 && NUMBER.test(more[first - 1] as string) && more.length - first < 6) first--;
  const [status, substatus, code, ...counts] = more.slice(first);
  const words = more.slice(0, first);
  const version = words[0]?.startsWith('HTTP/') ? words.shift() : undefined;
  const host = words.length > 2 && /^[\w-]{1,63}\.[\w.:-]{1,253}$/.test(words.at(-1) ?? '') ? words.pop() : undefined;
  const path = head[10] as string;
  setRequest(draft, {
    client,
    user,
    method: head[9],
    url: query === '-' || query === undefined ? path : `${path}?${query}`,
    result: undefined,
    status,
    bytes: counts.length >= 2 ? counts[0] : undefined,
    hierarchy: undefined,
    peer: undefined,
    type: undefined,
    agent: words[0]?.replaceAll('+', ' '),
    referrer: words.length > 1 ? words.at(-1) : undefined,
  });
  if (counts.length >= 2) draft.long('source.bytes', counts[1]);
  const milliseconds = counts.length === 1 || counts.length === 3 ? counts.at(-1) : undefined;
  if (milliseconds !== undefined) draft.duration(Number(milliseconds) * 1e6);
  draft.ip('destination.ip', head[8]?.split('%', 1)[0]);
  draft.port('destination.port', port);
  draft.text('url.domain', host?.split(':', 1)[0]);
  draft.text('destination.domain', host?.split(':', 1)[0]);
  draft.label('http_version', version?.slice('HTTP/'.length));
  draft.label('substatus', substatus);
  draft.label('win32_status', code);
  if (canonicalIp(forwarded ?? '') !== undefined) draft.label('forwarded_for', forwarded);
  draft.label('site', head[7]?.trim());
  const [year, month, day, hour, minute, second] = head.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const micros = utcMicros(year, month - 1, day, hour, minute, second);
  return micros === undefined ? undefined : { micros };
}
