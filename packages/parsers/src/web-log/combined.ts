import type { EventDraft } from '../event/draft.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { MONTHS, readOffset, utcMicros } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { decodeUser, setRequest } from './request.ts';
import { splitRequest } from './request-line.ts';
import { readTail } from './tail.ts';

/** `10.0.0.5 - ayse [23/Nov/2026:19:56:31 +0300] "GET http://… HTTP/1.1" 200 1234 "referrer" "agent" TCP_MISS:HIER_DIRECT` */
const HEAD =
  /([^ ,]{1,255}(?:, [^ ,]{1,64}){0,6}) ([^ ]{1,128}) ([^[]{1,128}) \[(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})\] "/y;
const REST =
  /" (\d{3}|-) (\d{1,16}|-)(?: "((?:[^"\\]|\\.){0,2048})" "((?:[^"\\]|\\.){0,1024})")?(?: ([A-Z_]{3,64}):([A-Z_]{3,32}))?/y;

/** Address, two names and their blanks before the time. */
const TIME_WITHIN = 512;

export function isCombined(text: string, at: number): boolean {
  // Looked at first: most records have no `[23/` near their start.
  const bracket = text.indexOf('[', at);
  if (bracket < 0 || bracket > at + TIME_WITHIN || text.charCodeAt(bracket - 1) !== 0x20) return false;
  if (text[bracket + 2] !== '/' && text[bracket + 3] !== '/') return false;
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/** The common and combined formats of Apache httpd, nginx and Squid, which puts its result behind. */
export function readCombined(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const from = HEAD.lastIndex;
  const close = closingQuote(text, from);
  const { method, url, version } = splitRequest(text.slice(from, close < 0 ? undefined : close));
  // Where a proxy's list of addresses is logged for the client: who asked, then the proxies.
  const [client, ...proxies] = (head[1] as string).split(', ');
  REST.lastIndex = close < 0 ? text.length : close;
  const rest = REST.exec(text);
  if (!rest) draft.fail('http.response.status_code', 'missing');
  setRequest(draft, {
    client,
    user: decodeUser(head[3]),
    method,
    url,
    status: rest?.[1],
    bytes: rest?.[2],
    referrer: rest?.[3],
    agent: rest?.[4],
    result: rest?.[5],
    hierarchy: rest?.[6],
    peer: undefined,
    type: undefined,
  });
  draft.label('http_version', version);
  if (proxies.length > 0) draft.label('proxies', proxies.join(','));
  const isStart = rest !== null && readTail(text, REST.lastIndex, draft);
  if (isStart) return { written: () => writtenTime(head), start: () => writtenTime(head) };
  return { written: () => writtenTime(head) };
}

/** Where the quoted text that begins at `from` ends; a backslash keeps a quote in it. */
function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at < text.length ? at : -1;
}

const CLF = /^()()()(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;

/** `23/Nov/2026:19:56:31 +0300`; undefined for all else. */
export function writtenClf(text: string): WrittenTime | undefined {
  const m = CLF.exec(text);
  return m ? writtenTime(m) : undefined;
}

function writtenTime(m: RegExpExecArray): WrittenTime | undefined {
  const month = MONTHS[(m[5] as string).toLowerCase()];
  if (month === undefined) return undefined;
  const local = utcMicros(Number(m[6]), month, Number(m[4]), Number(m[7]), Number(m[8]), Number(m[9]));
  return local === undefined ? undefined : { local, yearMissing: false, offset: readOffset(m[10] as string) };
}
