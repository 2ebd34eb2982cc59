import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import type { VendorTime } from '../vendor.ts';
import { decodeUser, setRequest } from '../web-log/request.ts';

/**
 * `1795452991.123    145 10.0.0.5 TCP_MISS/200 1234 GET `, blanks pad the times. Extended formats have the client's port
 * behind its address, and more counts before the method.
 */
const HEAD =
  /(\d{9,11})\.(\d{3}) {1,8}(-?\d{1,10}) ([^ ]{1,255}) (?:(\d{1,5}) )?([A-Z_]{3,64})\/(\d{3}) (\d{1,16}|-) (?:(?:\d{1,16}|-) ){0,6}([A-Z][^ ]{0,63}|-) /y;
/** Words behind the method that have a place: URL, version, user, route, port, type, and some of a longer format. */
const MAX_WORDS = 24;
const VERSION = /^\d\.\d$/;
/** The referrer and the browser, where a format has them. */
const QUOTED = /"([^"]{0,1024})" "([^"]{0,1024})"/;

export function isNative(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!(code >= 0x30 && code <= 0x39)) return false;
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/**
 * Squid's own format: time, ms, client, result/status, bytes, method, URL, user, hierarchy/peer, type (squid.conf,
 * `logformat squid`). The time is the end of the request. Words behind the type are a label.
 */
export function readNative(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const m = HEAD.exec(text);
  if (!m) return undefined;
  const said = text.slice(HEAD.lastIndex);
  const [url, ...words] = said.split(' ', MAX_WORDS);
  if (VERSION.test(words[0] ?? '')) words.shift();
  const [user, route, ...rest] = words;
  // `HIER_DIRECT/203.0.113.80 443 text/html`: the server's port.
  const isPort = /^\d{1,5}$/.test(rest[0] ?? '') || (rest[0] === '-' && !rest[1]?.startsWith('"'));
  if (isPort && rest.length > 1) rest.shift();
  const [type, ...extra] = rest;
  const slash = route?.indexOf('/') ?? -1;
  const quoted = QUOTED.exec(said.slice(url?.length ?? 0, 4096));
  setRequest(draft, {
    client: m[4],
    clientPort: m[5],
    user: decodeUser(user),
    method: m[9],
    url,
    result: m[6],
    status: m[7],
    bytes: m[8],
    hierarchy: slash < 0 ? route : route?.slice(0, slash),
    peer: slash < 0 ? undefined : route?.slice(slash + 1),
    type,
    referrer: quoted?.[1],
    agent: quoted?.[2],
  });
  if (route === undefined) draft.fail('labels.hierarchy', 'cut before it');
  if (extra.length > 0) draft.label('extra', extra.join(' '));
  const milliseconds = Number(m[3]);
  if (milliseconds >= 0) draft.duration(milliseconds * 1e6);
  return { micros: Number(m[1]) * MICROS_PER_SECOND + Number(m[2]) * 1000 };
}
