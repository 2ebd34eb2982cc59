import type { EventDraft } from '../event/draft.ts';
import {
  account,
  first,
  ip,
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

/**
 * Syslog export fields of log entries (NGFW online help, "Exportable Firewall and Layer 2 Firewall log entry fields"), and
 * the spellings of the McAfee ESM form: names in lower case without underscores (`ACC_TX_BYTES`, `NatSrc`).
 */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['src', unless(NO_ADDRESS, ip('source.ip'))],
  ['sport', port('source.port')],
  ['dst', unless(NO_ADDRESS, ip('destination.ip'))],
  ['dport', port('destination.port')],
  ['natsrc', unless(NO_ADDRESS, ip('source.nat.ip'))],
  ['natsport', port('source.nat.port')],
  ['natdst', unless(NO_ADDRESS, ip('destination.nat.ip'))],
  ['natdport', port('destination.nat.port')],
  ...named('srcmac macsource', mac('source.mac')),
  ...named('dstmac macdestination', mac('destination.mac')),
  ['protocol', transport],
  ['service', lower('network.protocol')],
  ...named('application app', lower('network.application')),
  ['srcif', text('observer.ingress.interface.name')],
  ['dstif', text('observer.egress.interface.name')],
  ...named('srczone', text('observer.ingress.zone')),
  ...named('dstzone', text('observer.egress.zone')),
  ['ruleid', text('rule.id')],
  ['acctxbytes', long('source.bytes')],
  ['accrxbytes', long('destination.bytes')],
  ['accelapsed', (draft, value) => draft.seconds(value)],
  ...named('authname username user', first('user.name', account)),
  ['action', lower('event.action')],
  ...named('situationid eventid', first('event.code', text('event.code'))),
  ...named('infomsg infomsgs msg', text('event.reason')),
  ['nodeid', unless(NO_ADDRESS, nodeAddress)],
  ['compid', text('observer.name')],
  ['vlan', text('network.vlan.id')],
  ['srcvlan', text('network.vlan.id')],
  ['httprequesthost', text('url.domain')],
  ['httprequesturi', text('url.original')],
  ['httprequestmethod', text('http.request.method')],
  ['sessionevent', label('sessionevent')],
]);

/** Read by the parser itself. */
const LEFT_OUT = new Set(['timestamp', 'receptiontime', 'situation', 'event', 'clientipaddress', 'typedescription']);

export function normalName(name: string): string {
  return name.toLowerCase().replaceAll('_', '').replaceAll(' ', '');
}

export function applyField(draft: EventDraft, name: string, value: string): void {
  const normal = normalName(name);
  if (LEFT_OUT.has(normal)) return;
  (FIELDS.get(normal) ?? label(name))(draft, value);
}

/** `6`, `TCP`, `tcp (6)`. */
function transport(draft: EventDraft, value: string): void {
  draft.transport(/\b(\d{1,3})\b/.exec(value)?.[1] ?? value);
}

/** The engine's node, by address or by name. */
function nodeAddress(draft: EventDraft, value: string): void {
  if (/^[\da-fA-F.:]{2,45}$/.test(value)) draft.ip('observer.ip', value);
  else draft.label('node', value);
}
