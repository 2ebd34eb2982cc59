import type { EventDraft } from '../event/draft.ts';
import { readTransport } from '../values/transport.ts';
import { setIcmp } from './icmp.ts';

/** Columns of the longest line: TCP over IPv4 with options. A hostile line may have more commas. */
const MAX_COLUMNS = 48;
/** Columns before those of the IP version. */
const COMMON = 9;
const IPV4 = ['tos', 'ecn', 'ttl', 'id', 'offset', 'flags', 'protocol_id', 'protocol', 'length'] as const;
const IPV6 = ['class', 'flow_label', 'hop_limit', 'protocol', 'protocol_id', 'length'] as const;
const TCP = ['data_length', 'tcp_flags', 'sequence', 'ack', 'window', 'urg', 'options'];
const CARP = ['carp_type', 'carp_ttl', 'vhid', 'version', 'advbase', 'advskew'];

const TYPES: ReadonlyMap<string, string> = new Map([
  ['pass', 'allowed'],
  ['block', 'denied'],
  ['reject', 'denied'],
]);

/**
 * The CSV of filterlog(8). Sources: pfSense documentation, "Raw Filter Log Format"; OPNsense, filterlog's description:
 * `rule,subrule,anchor,tracker|label,interface,reason,action,direction,version,…`. Columns without a field are labels.
 */
export function readFilterlog(text: string, draft: EventDraft): void {
  const columns = text.split(',', MAX_COLUMNS);
  const [number, subrule, anchor, tracker, name, reason, action, direction, version] = columns;
  const { event } = draft;
  event['event.category'] = 'network';
  draft.lower('event.action', action);
  draft.text('event.reason', reason);
  event['event.type'] = TYPES.get(event['event.action'] ?? '') ?? 'info';
  setRule(draft, number, tracker);
  draft.label('sub_rule', subrule);
  draft.text('rule.ruleset', anchor);
  draft.label('direction', direction);
  if (direction !== 'out') draft.text('observer.ingress.interface.name', name);
  else draft.text('observer.egress.interface.name', name);
  if (version === '4') setPacket(draft, columns, IPV4);
  else if (version === '6') setPacket(draft, columns, IPV6);
  else draft.fail('network.type', version === undefined ? 'cut before the IP version' : 'neither IPv4 nor IPv6');
}

/** pfSense's tracker and OPNsense's label stay the same when rules before them change; the number does not. */
function setRule(draft: EventDraft, number: string | undefined, tracker: string | undefined): void {
  draft.label('rule_number', number);
  if (tracker === undefined || tracker === '' || tracker === '0' || tracker === '(null)') draft.text('rule.id', number);
  else {
    draft.text('rule.id', tracker);
    if (/^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i.test(tracker)) draft.text('rule.uuid', tracker);
  }
}

function setPacket(draft: EventDraft, columns: readonly string[], names: readonly string[]): void {
  draft.event['network.type'] = names === IPV4 ? 'ipv4' : 'ipv6';
  const values = new Map(names.map((name, index) => [name, columns[COMMON + index]]));
  const at = COMMON + names.length;
  for (const name of names) {
    if (name === 'length') draft.long('network.bytes', values.get(name));
    else if (name !== 'protocol' && name !== 'protocol_id') draft.label(name, values.get(name));
  }
  const written = values.get('protocol')?.toLowerCase() ?? '';
  const number = values.get('protocol_id');
  // `carp` is pf's word for VRRP's number, `Options` for a hop-by-hop header.
  if (readTransport(number ?? '').number !== undefined) draft.transport(number);
  else draft.transport(written);
  if (columns.length <= at) draft.fail('source.ip', 'cut before the addresses');
  draft.ip('source.ip', columns[at]);
  draft.ip('destination.ip', columns[at + 1]);
  const rest = columns.slice(at + 2);
  if (rest[0]?.startsWith('datalength=')) draft.label('data_length', rest[0].slice('datalength='.length));
  else if (written === 'tcp' || written === 'udp' || written === 'sctp') {
    draft.port('source.port', rest[0]);
    draft.port('destination.port', rest[1]);
    if (rest[2]?.startsWith('errormsg=')) draft.label('errormsg', rest.slice(2).join(',').slice('errormsg='.length));
    else setLabels(draft, written === 'tcp' ? TCP : TCP.slice(0, 1), rest.slice(2));
  } else if (written.startsWith('icmp')) setIcmp(draft, rest);
  else if (written === 'carp' || written === 'vrrp') setLabels(draft, CARP, rest);
  else if (rest.length > 0) draft.label('protocol_data', rest.join(','));
}

function setLabels(draft: EventDraft, names: readonly string[], values: readonly string[]): void {
  for (const [index, name] of names.entries()) draft.label(name, values[index]);
}
