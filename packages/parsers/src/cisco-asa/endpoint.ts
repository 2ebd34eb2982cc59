import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { setHost, setMappedHost, setUser } from './messages.ts';

type SideName = 'source' | 'destination';

/** Interface, address or name, and port. */
interface Place {
  readonly intf: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
}

/** What stands behind it in parentheses when it is translated. */
export interface MappedPlace extends Place {
  readonly mappedHost?: string | undefined;
  readonly mappedPort?: string | undefined;
}

/** One side of a connection as the ASA writes it. */
export interface Endpoint extends MappedPlace {
  readonly host: string;
  /** `ssh`, `1024-1535`: what stands in the port's place and is no number. */
  readonly service: string | undefined;
  readonly identity: string | undefined;
}

/** `inside:10.1.1.5/51000 (203.0.113.5/1024)(LOCAL\ayse, 9:guests)`, each part but the address may be missing. */
export function readEndpoint(text: string): Endpoint {
  // `outside: 10.1.1.5` of older versions.
  const chunk = text.replace(/^([^\s:(]{1,64}): /, '$1:');
  const end = chunk.search(/[\s(]/);
  const head = end < 0 ? chunk : chunk.slice(0, end);
  const [place, tail] = splitAt(head, head.lastIndexOf('/'));
  // A context's name may stand before the interface; only an IPv4 address has no colons of its own.
  const last = place.lastIndexOf(':');
  const first = /^\d{1,3}\./.test(place.slice(last + 1)) ? last : place.indexOf(':');
  const colon = canonicalIp(place) === undefined ? first : -1;
  const host = place.slice(colon + 1);
  let mapped: string | undefined;
  let identity: string | undefined;
  for (const [, inside] of chunk.slice(head.length).matchAll(/\(([^()]{1,256})\)/g)) {
    if (mapped === undefined && isAddress(inside as string, host)) mapped = inside;
    else if (!/^type \d/.test(inside as string)) identity ??= inside;
  }
  const [mappedHost, mappedPort] = mapped === undefined ? [] : splitAt(mapped, mapped.lastIndexOf('/'));
  const isNumber = tail !== undefined && /^\d{1,6}$/.test(tail);
  return {
    intf: colon < 0 ? undefined : place.slice(0, colon),
    host,
    port: isNumber ? tail : undefined,
    service: isNumber ? undefined : tail,
    mappedHost,
    mappedPort,
    identity,
  };
}

function splitAt(text: string, at: number): [string, string | undefined] {
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function isAddress(inside: string, host: string): boolean {
  return inside === host || canonicalIp(inside) !== undefined || /^[^\s\\,]{1,128}\/\d{1,5}$/.test(inside);
}

/** What ENDPOINT captured, from group `at` on. */
export function placeOf(match: RegExpExecArray, at: number): Place {
  return { intf: match[at], host: match[at + 1], port: match[at + 2] };
}

export function setPlace(draft: EventDraft, side: SideName, { intf, host, port }: Place): void {
  draft.text(side === 'source' ? 'observer.ingress.interface.name' : 'observer.egress.interface.name', intf);
  setHost(draft, side, host);
  draft.port(`${side}.port`, port);
}

/** A mapped address equal to the real one means that nothing was translated. */
export function setMapped(draft: EventDraft, side: SideName, place: MappedPlace): void {
  const { host, port, mappedHost, mappedPort } = place;
  if (mappedHost === undefined || (mappedHost === host && (mappedPort ?? port) === port)) return;
  setMappedHost(draft, side, mappedHost);
  draft.port(`${side}.nat.port`, mappedPort);
}

export function setEndpoint(draft: EventDraft, side: SideName, endpoint: Endpoint): void {
  setPlace(draft, side, endpoint);
  setMapped(draft, side, endpoint);
  if (endpoint.service !== undefined) draft.label(`${side}_service`, endpoint.service);
  if (side === 'source') setUser(draft, endpoint.identity);
  else draft.text('destination.user.name', accountOf(endpoint.identity));
}

/** `LOCAL\ayse, 9:guests` → `ayse`; `9:guests` → undefined. */
export function accountOf(identity: string | undefined): string | undefined {
  const account = identity?.replace(/(?:, |^)\d{1,5}(?::[^,]{0,64})?$/, '');
  return account === '' ? undefined : account?.slice(account.lastIndexOf('\\') + 1);
}
