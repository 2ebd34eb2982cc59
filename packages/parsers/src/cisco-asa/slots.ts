import type { EventDraft } from '../event/draft.ts';
import { readClockDuration } from '../values/duration.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import { readTransport } from '../values/transport.ts';
import { createSays } from '../wording/says.ts';
import { type Endpoint, readEndpoint, setEndpoint } from './endpoint.ts';
import { setHost, setMappedHost, setUser } from './messages.ts';

/** The values that wordings name. Any other name is a label. */
const SLOTS: ReadonlyMap<string, (draft: EventDraft, value: string) => void> = new Map([
  ['source', (draft: EventDraft, value: string) => setEndpoint(draft, 'source', readEndpoint(ended(value)))],
  ['destination', (draft, value) => setEndpoint(draft, 'destination', readEndpoint(ended(value)))],
  ['icmp_source', (draft, value) => setEndpoint(draft, 'source', portless(value))],
  ['icmp_destination', (draft, value) => setEndpoint(draft, 'destination', portless(value))],
  ['source.ip', (draft, value) => setHost(draft, 'source', bare(value))],
  ['destination.ip', (draft, value) => setHost(draft, 'destination', bare(value))],
  ['source.port', (draft, value) => draft.port('source.port', value)],
  ['destination.port', (draft, value) => draft.port('destination.port', value)],
  ['mapped', setMapped],
  ['mapped_destination', setMappedDestination],
  ['line', setLine],
  ['in', (draft, value) => draft.text('observer.ingress.interface.name', bare(value))],
  ['out', (draft, value) => draft.text('observer.egress.interface.name', bare(value))],
  ['transport', setTransport],
  ['protocol', (draft, value) => draft.lower('network.protocol', value)],
  ['user', (draft, value) => setUser(draft, value.replace(/^['"]|['"]$/g, ''))],
  ['group', (draft, value) => draft.text('user.group.name', bare(value))],
  ['reason', (draft, value) => draft.text('event.reason', bare(value))],
  ['rule', (draft, value) => draft.text('rule.name', value.replaceAll('"', ''))],
  ['signature', (draft, value) => draft.text('rule.id', value)],
  ['session', (draft, value) => draft.text('logmaster.session.id', value)],
  ['direction', (draft, value) => draft.lower('network.direction', value.replace(/put$/i, 'bound'))],
  ['duration', (draft, value) => draft.duration(readClockDuration(bare(value)))],
  ['seconds', (draft, value) => draft.seconds(value)],
  ['bytes', (draft, value) => draft.long('network.bytes', bare(value))],
  ['url', setUrl],
  ['visitor', setVisitor],
  ['page', setPage],
  ['file', (draft, value) => draft.text('file.name', value)],
  ['mac', (draft, value) => draft.mac('source.mac', clientMac(value))],
  ['domain', (draft, value) => draft.text('dns.question.name', value)],
  ['ignored', () => undefined],
]);

/** Reads a message by its wordings, the first that fits. */
export const says = createSays(setSlot);

export function setSlot(draft: EventDraft, name: string, value: string): void {
  const set = SLOTS.get(name);
  if (set) set(draft, value);
  else draft.label(name, bare(value));
}

/** What ICMP writes in the ports' place is none. */
function portless(value: string): Endpoint {
  return { ...readEndpoint(ended(value)), port: undefined, mappedPort: undefined };
}

/** Without what ends sentences. */
function ended(value: string): string {
  return value.replace(/[.,;]{1,2}$/, '');
}

/** Without what ends sentences and encloses values. */
function bare(value: string): string {
  const text = value.replace(/[ .,;]{1,8}$/, '');
  const pair = `${text[0]}${text.at(-1)}`;
  return pair === '<>' || pair === '()' || pair === '""' || pair === "''" ? text.slice(1, -1) : text;
}

function setUrl(draft: EventDraft, value: string): void {
  const url = bare(value);
  draft.text('url.original', url);
  const host = /^\w{2,8}:\/\/(?:[^\s/@]{1,128}@)?([\w.-]{1,253})/.exec(url)?.[1];
  draft.text('url.domain', host);
}

/** `10.1.1.5`, `ayse@10.1.1.5(LOCAL\ayse)` */
function setVisitor(draft: EventDraft, value: string): void {
  const at = value.indexOf('@');
  const paren = value.indexOf('(');
  const named = at > 0 && (paren < 0 || at < paren);
  if (named) setUser(draft, value.slice(0, at));
  setEndpoint(draft, 'source', readEndpoint(named ? value.slice(at + 1) : value));
}

/** `203.0.113.80:http://example.com/a`, with `user@` before it when the URL had one. */
function setPage(draft: EventDraft, value: string): void {
  const m = /^(?:([^@\s/]{1,128})@)?([\w.-]{1,253}|[\da-fA-F:.]{2,45}?):(?=\w{2,8}:|\/)/.exec(value);
  if (!m) setUrl(draft, value);
  else {
    draft.label('url_user', m[1]);
    setHost(draft, 'destination', m[2]);
    setUrl(draft, value.slice(m[0].length));
  }
}

/** `203.0.113.5/1024`, `outside:203.0.113.5/1024`, `outside:203.0.113.5/1024-1535`: what the source was translated to. */
function setMapped(draft: EventDraft, value: string): void {
  const { intf, host, port, service } = readEndpoint(value);
  if (draft.event['observer.egress.interface.name'] === undefined) draft.text('observer.egress.interface.name', intf);
  setMappedHost(draft, 'source', host);
  draft.port('source.nat.port', port);
  draft.label('port_block', service);
}

function setMappedDestination(draft: EventDraft, value: string): void {
  const { host, port } = readEndpoint(value);
  setMappedHost(draft, 'destination', host);
  draft.port('destination.nat.port', port);
}

/** Where an administrator sat: an address, or `console`. */
function setLine(draft: EventDraft, value: string): void {
  if (canonicalIp(value) === undefined) draft.label('line', value);
  else draft.ip('source.ip', value);
}

/** `TCP`, `protocol 47`, `17`; what is no transport is a label. */
function setTransport(draft: EventDraft, value: string): void {
  const word = value.replace(/^protocol /, '');
  if (readTransport(word).number === undefined) draft.label('protocol', word);
  else draft.transport(word);
}

/** A DHCP client identifier of hardware type 1 (RFC 2132 §9.14) is `01` and the MAC. */
function clientMac(value: string): string {
  const text = bare(value);
  const hex = text.replace(/[:.-]/g, '');
  return canonicalMac(text) === undefined && /^01[\da-f]{12}$/i.test(hex) ? hex.slice(2) : text;
}
