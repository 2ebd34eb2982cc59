import type { EventDraft } from '../event/draft.ts';
import { readTransport } from '../values/transport.ts';

/** Words without a value that the kernel writes for TCP (`nf_log_syslog.c`, `nf_log_dump_tcp_header`). */
const TCP_FLAGS = new Set(['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN']);
/** Destination, source and type of an Ethernet header, two digits and a colon each. */
const ETHERNET = 14 * 3 - 1;

type Setter = (draft: EventDraft, value: string) => void;

const SETTERS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['IN', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['OUT', (draft, value) => draft.text('observer.egress.interface.name', value)],
  ['MAC', setEthernet],
  ['MACSRC', (draft, value) => draft.mac('source.mac', value)],
  ['MACDST', (draft, value) => draft.mac('destination.mac', value)],
  ['SRC', setSource],
  ['DST', setDestination],
  // Of ARP packets.
  ['IPSRC', setSource],
  ['IPDST', setDestination],
  ['LEN', (draft, value) => draft.long('network.bytes', value)],
  ['PROTO', setTransport],
  ['SPT', (draft, value) => draft.port('source.port', value)],
  ['DPT', (draft, value) => draft.port('destination.port', value)],
  ['VID', (draft, value) => draft.text('network.vlan.id', value)],
  ['DESCR', (draft, value) => draft.text('rule.name', value)],
]);

/**
 * The packet of a LOG target from `IN=` on: `KEY=value` pairs and flags, one pass. An ICMP error carries the packet
 * that caused it in brackets; that one's fields are labels `embedded_SRC`, …. Fields without a column are labels
 * named as the kernel writes them.
 */
export function readPacket(text: string, from: number, draft: EventDraft): void {
  const flags: string[] = [];
  const seen = new Set<string>();
  let embedded = false;
  let at = from;
  while (at < text.length) {
    if (text.charCodeAt(at) === 0x20) {
      at++;
      continue;
    }
    if (text.charCodeAt(at) === 0x5b) {
      embedded = true;
      at++;
      continue;
    }
    const end = endOfWord(text, at);
    const word = text.slice(at, end);
    at = end + 1;
    const equals = word.indexOf('=');
    if (equals > 0) setPair(draft, word.slice(0, equals), word.slice(equals + 1), embedded, seen);
    else if (!embedded && TCP_FLAGS.has(word)) flags.push(word);
    if (embedded && word.endsWith(']')) embedded = false;
  }
  if (flags.length > 0) draft.label('tcp_flags', flags.join(','));
  const { event } = draft;
  const address = event['source.ip'] ?? event['destination.ip'];
  if (address === undefined && !seen.has('SRC') && !seen.has('IPSRC')) draft.fail('source.ip', 'no address');
  if (address !== undefined) event['network.type'] = address.includes(':') ? 'ipv6' : 'ipv4';
}

/** A space, or the quote that closes a value (`DESCR="…"` of UniFi). */
function endOfWord(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  const end = space < 0 ? text.length : space;
  const quote = text.slice(at, end).indexOf('="');
  if (quote < 0) return end;
  const close = text.indexOf('"', at + quote + 2);
  return close < 0 ? text.length : close + 1;
}

function setPair(draft: EventDraft, key: string, written: string, embedded: boolean, seen: Set<string>): void {
  let value = written.startsWith('"') ? written.slice(1, written.endsWith('"') ? -1 : undefined) : written;
  if (embedded && value.endsWith(']')) value = value.slice(0, -1);
  // UDP has a second LEN, its own.
  const name = embedded ? `embedded_${key}` : key;
  if (seen.has(name)) return;
  seen.add(name);
  if (embedded) {
    draft.label(name, value);
    return;
  }
  const set = SETTERS.get(key);
  if (set) set(draft, value);
  else draft.label(key, value);
}

function setSource(draft: EventDraft, value: string): void {
  draft.ip('source.ip', value);
}

function setDestination(draft: EventDraft, value: string): void {
  draft.ip('destination.ip', value);
}

/** The kernel writes protocols that it has no name for as numbers, and rare ones by names that ECS has no word for. */
function setTransport(draft: EventDraft, value: string): void {
  if (readTransport(value).number === undefined) draft.label('PROTO', value);
  else draft.transport(value);
}

/** `dst:src:type`; a tunnel has the outer IP header (`45:…`) or nothing in its place. */
function setEthernet(draft: EventDraft, value: string): void {
  if (value.length < ETHERNET || value.startsWith('45:')) {
    draft.label('MAC', value);
    return;
  }
  draft.mac('destination.mac', value.slice(0, 17));
  draft.mac('source.mac', value.slice(18, 35));
}
