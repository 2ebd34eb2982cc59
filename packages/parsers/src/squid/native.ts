import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import type { VendorTime } from '../vendor.ts';
import { setRequest } from './request.ts';

/** `1795452991.123    145 10.0.0.5 TCP_MISS/200 1234 GET `; a format without the client's port, blanks pad the times. */
const HEAD = /(\d{9,11})\.(\d{3}) {1,8}(-?\d{1,10}) ([^ ]{1,255}) ([A-Z_]{3,64})\/(\d{3}) (\d{1,16}|-) ([^ ]{1,64}) /y;
/** Until the method all is bounded; the URL is the next word, and may be long. */
const MAX_WORDS = 12;

export function isNative(text: string, at: number): boolean {
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
  const [url, user, route, type, ...rest] = text.slice(HEAD.lastIndex).split(' ', MAX_WORDS);
  const slash = route?.indexOf('/') ?? -1;
  setRequest(draft, {
    client: m[4],
    user: decodeUser(user),
    method: m[8],
    url,
    result: m[5],
    status: m[6],
    bytes: m[7],
    hierarchy: slash < 0 ? route : route?.slice(0, slash),
    peer: slash < 0 ? undefined : route?.slice(slash + 1),
    type,
  });
  if (route === undefined) draft.fail('labels.hierarchy', 'cut before it');
  if (rest.length > 0) draft.label('extra', rest.join(' '));
  const milliseconds = Number(m[3]);
  if (milliseconds >= 0) draft.duration(milliseconds * 1e6);
  return { micros: Number(m[1]) * MICROS_PER_SECOND + Number(m[2]) * 1000 };
}

/** Squid writes blanks and signs in user names as `%20` and `%5C`. */
export function decodeUser(user: string | undefined): string | undefined {
  if (user?.includes('%') !== true) return user;
  return user.replace(/%([2-7][\dA-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
