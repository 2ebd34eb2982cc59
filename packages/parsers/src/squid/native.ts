import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { MONTHS, readOffset, utcMicros } from '../time/read-time.ts';
import { canonicalMac } from '../values/mac.ts';
import type { VendorTime } from '../vendor.ts';
import { decodeUser, setRequest } from '../web-log/request.ts';
import { setExtra } from './extra.ts';

/**
 * `1795452991.123    145 10.80.0.5 TCP_MISS/200 1234 GET `, blanks pad the times. Formats of one's own have `%tl` in the time's
 * place, or none where the header has it; the client's port or MAC, or the proxy's port behind the client; more counts before
 * the method.
 */
const HEAD =
  /(?:(\d{9,11})\.(\d{3}) {1,8}|(\[?\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?:\.\d{3})? [+-]\d{4}\]?) {1,8}|)(-?\d{1,10}) {1,8}([^ ]{1,255}) ((?:(?:\d{1,5}|-|[\da-fA-F:]{17}) ){0,4})([A-Z_]{3,64})\/(\d{3}|-) (\d{1,16}|-) (?:(?:\d{1,16}|-) ){0,6}([A-Z][^ ]{0,63}|-) /y;
const LOCAL_TIME = /(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))? ([+-]\d{4})/;
/** Words behind the method that have a place: URL, version, user, route, port, type, and some of a longer format. */
const MAX_WORDS = 24;
const TYPE = /^[a-z]{1,32}\/[\w.+-]{1,64}/;
const VERSION = /^\d\.\d$/;
/** The referrer and the browser, where a format has them. */
const QUOTED = /"([^"]{0,1024})" "([^"]{0,1024})"/;

export function isNative(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!((code >= 0x30 && code <= 0x39) || code === 0x5b || code === 0x20)) return false;
  HEAD.lastIndex = skipBlanks(text, at);
  const m = HEAD.exec(text);
  // Without Squid's time the result's name has to tell it.
  return m !== null && (m[1] !== undefined || /^(?:TCP|ICAP)_/.test(m[7] as string));
}

/** A padded count begins the line where the header has taken the time. */
function skipBlanks(text: string, at: number): number {
  let from = at;
  while (from < at + 8 && text.charCodeAt(from) === 0x20) from++;
  return from;
}

/**
 * Squid's own format: time, ms, client, result/status, bytes, method, URL, user, hierarchy/peer, type (squid.conf,
 * `logformat squid`). The time is the end of the request. Words behind the type are a label.
 */
export function readNative(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = skipBlanks(text, at);
  const m = HEAD.exec(text);
  if (!m) return undefined;
  const said = text.slice(HEAD.lastIndex);
  const [url, ...words] = said.split(' ', MAX_WORDS);
  if (VERSION.test(words[0] ?? '')) words.shift();
  const [user, route, ...rest] = words;
  // `HIER_DIRECT/203.0.113.80 443 text/html`: the server's port.
  const isPort = /^\d{1,5}$/.test(rest[0] ?? '') || (rest[0] === '-' && TYPE.test(rest[1] ?? ''));
  if (isPort && rest.length > 1) rest.shift();
  const [type, ...extra] = rest;
  const slash = route?.indexOf('/') ?? -1;
  const quoted = QUOTED.exec(said.slice(url?.length ?? 0, 4096));
  const behindClient = (m[6] as string).split(' ').filter((word) => word !== '');
  setRequest(draft, {
    client: m[5],
    clientPort: behindClient.find((word) => /^\d{1,5}$/.test(word)),
    user: decodeUser(user),
    method: m[10],
    url,
    result: m[7],
    status: m[8],
    bytes: m[9],
    hierarchy: slash < 0 ? route : route?.slice(0, slash),
    peer: slash < 0 ? undefined : route?.slice(slash + 1),
    type,
    referrer: quoted?.[1],
    agent: quoted?.[2],
  });
  draft.mac(
    'source.mac',
    behindClient.find((word) => canonicalMac(word) !== undefined),
  );
  if (route === undefined) draft.fail('labels.hierarchy', 'cut before it');
  setExtra(draft, extra);
  const milliseconds = Number(m[4]);
  if (milliseconds >= 0) draft.duration(milliseconds * 1e6);
  if (m[1] !== undefined) return { micros: Number(m[1]) * MICROS_PER_SECOND + Number(m[2]) * 1000 };
  return m[3] === undefined ? undefined : readLocalTime(m[3]);
}

/** `23/Nov/2026:19:56:31 +0300`, Squid's `%tl` */
export function readLocalTime(text: string): VendorTime | undefined {
  const m = LOCAL_TIME.exec(text);
  const month = m ? MONTHS[(m[2] as string).toLowerCase()] : undefined;
  if (!m || month === undefined) return undefined;
  const [day, year, hour, minute, second] = [m[1], m[3], m[4], m[5], m[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const local = utcMicros(year, month, day, hour, minute, second, m[7]);
  const offset = readOffset(m[8] as string);
  return { written: () => (local === undefined ? undefined : { local, yearMissing: false, offset }) };
}
