import type { EventDraft } from '../event/draft.ts';
import {
  account,
  first,
  ip,
  ipOrName,
  label,
  long,
  lower,
  mac,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { NO_ADDRESS } from '../values/ip.ts';

/** Junos' words for "no such thing here"; numbers of what a session doesn't have are 0. */
const NOTHING = new Set(['N/A', 'None', 'NONE', 'none', 'UNKNOWN', 'unknown', 'Unknown', 'NULL', '-', '']);
const NO_LABEL = new Set(['0', '0.0.0.0', '-1', '0x0', 'NA']);
const NO_PORT = new Set(['0']);
const NOBODY = new Set(['unknown-user', 'unauthenticated-user', 'unauth-user']);

const address = (field: 'source.ip' | 'destination.ip' | 'source.nat.ip' | 'destination.nat.ip'): Setter =>
  unless(NO_ADDRESS, ip(field));

/**
 * Names of structured data (Junos OS System Log Explorer: RT_FLOW, RT_IDP, RT_UTM, RT_IDS, RT_AAMW, RT_SECINTEL, UI_*,
 * SSHD_*). The plain forms are read into the same names. What isn't here becomes a label.
 */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...named('source-address client-ip internal-ip', address('source.ip')),
  ...named('ip-address client-address', first('source.ip', address('source.ip'))),
  ['source-port', port('source.port')],
  ['destination-address', address('destination.ip')],
  ['destination-port', port('destination.port')],
  ...named('nat-source-address reflexive-ip', address('source.nat.ip')),
  ['nat-source-port', unless(NO_PORT, port('source.nat.port'))],
  ['nat-destination-address', address('destination.nat.ip')],
  ['nat-destination-port', unless(NO_PORT, port('destination.nat.port'))],
  ['remote-address', first('source.ip', ipOrName('source.ip', 'source.domain'))],
  ...named('mac-address client-mac-address hardware-address', mac('source.mac')),
  ...named('username user-name', unless(NOBODY, account)),
  ['roles', text('user.group.name')],
  ...named('hostname source-name', text('host.name')),
  ['protocol-id', (draft, value) => draft.transport(value)],
  ['protocol-name', (draft, value) => draft.transport(value)],
  ['service-name', service],
  ['application', lower('network.application')],
  ['application-name', first('network.application', lower('network.application'))],
  ['policy-name', text('rule.name')],
  ['rule-name', text('rule.id')],
  ['rulebase-name', text('rule.ruleset')],
  ...named('source-zone-name source-zone', text('observer.ingress.zone')),
  ...named('destination-zone-name destination-zone', text('observer.egress.zone')),
  ...named('packet-incoming-interface source-interface-name interface-name', text('observer.ingress.interface.name')),
  ['destination-interface-name', text('observer.egress.interface.name')],
  ...named('session-id-32 session-id', unless(NO_LABEL, text('logmaster.session.id'))),
  ...named('bytes-from-client inbound-bytes', long('source.bytes')),
  ...named('bytes-from-server outbound-bytes', long('destination.bytes')),
  ...named('packets-from-client inbound-packets', long('source.packets')),
  ...named('packets-from-server outbound-packets', long('destination.packets')),
  ['elapsed-time', (draft, value) => draft.seconds(value)],
  ['action', lower('event.action')],
  ['reason', text('event.reason')],
  ...named('attack-name malware-info error-message', first('event.reason', text('event.reason'))),
  ['category', text('rule.category')],
  ['file-name', text('file.name')],
  ['sample-sha256', text('file.hash.sha256')],
  ['http-host', text('url.domain')],
]);

/** `junos-dns-udp` is the predefined service dns; ICMP's service repeats the protocol. */
function service(draft: EventDraft, value: string): void {
  if (value === 'icmp' || value === 'SERVICE_IDP') return;
  draft.lower('network.protocol', value.replace(/^junos-/, '').replace(/-(?:udp|tcp)$/, ''));
}

/** Read by `classify`: what they mean depends on the tag. */
const BY_TAG = new Set(
  'nested-application url obj ssh-connection threat-severity message name filename local-address'.split(' '),
);

/** One field or label of a record. */
export function applyField(draft: EventDraft, name: string, value: string): void {
  if (NOTHING.has(value) || BY_TAG.has(name)) return;
  const set = FIELDS.get(name) ?? unless(NO_LABEL, label(name));
  set(draft, value);
}

export function isNothing(value: string | undefined): boolean {
  return value === undefined || NOTHING.has(value);
}
