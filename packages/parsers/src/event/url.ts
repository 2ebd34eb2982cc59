import { canonicalIp } from '../values/ip.ts';
import type { EventDraft } from './draft.ts';

/**
 * `www.example.com:8443/path?query`, with or without scheme: `url.original`, `url.domain`, `url.path`, and the domain as
 * the destination's where the record names none.
 */
export function setUrl(draft: EventDraft, url: string): void {
  if (url === '') return;
  draft.text('url.original', url);
  const scheme = url.indexOf('://');
  const hostAt = scheme >= 0 && scheme < 8 ? scheme + 3 : 0;
  const slash = url.indexOf('/', hostAt);
  const authority = url.slice(hostAt, slash < 0 ? url.length : slash);
  const host = /^([^:?\s]{1,253})(?::\d{1,5})?(?:\?|$)/.exec(authority)?.[1];
  draft.text('url.domain', host);
  if (host !== undefined && canonicalIp(host) === undefined) draft.event['destination.domain'] ??= host;
  if (slash < 0) return;
  const query = url.indexOf('?', slash);
  draft.text('url.path', url.slice(slash, query < 0 ? url.length : query));
}
