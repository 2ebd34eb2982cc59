import { account, first, ip, label, long, lower, mac, port, type Setter, text, unless } from '../event/setters.ts';
import { levelWord } from '../syslog/severity.ts';
import { canonicalIp, NO_ADDRESS } from '../values/ip.ts';

const NO_NUMBER = new Set(['0']);
/** PAN-OS' words for "no such thing here"; in a label they would be noise in every record. */
export const NO_VALUE: ReadonlySet<string> = new Set(['0', '0x0', '4294967295', '0.0.0.0', '""']);

/** "PAN-OS Common Event Format Integration Guide": informational is 1, critical is 5. */
const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ['informational', 1],
  ['low', 2],
  ['medium', 3],
  ['high', 4],
  ['critical', 5],
]);

const severity: Setter = ({ event }, value) => {
  const number = SEVERITIES.get(value.toLowerCase());
  if (number !== undefined) event['event.severity'] = number;
  if (value !== '' && !/^\d/.test(value)) event['log.level'] = levelWord(value);
};

/** Private addresses have their range in place of a country. */
const country = (field: 'source.geo.country_name' | 'destination.geo.country_name'): Setter => {
  return (draft, value) => {
    if (!/^[\da-f]{0,4}[.:]/i.test(value) && value !== 'Reserved') draft.text(field, value);
  };
};

/** The vendor's log service doubles the backslash. */
const sourceAccount: Setter = (draft, value) => account(draft, value.replace('\\\\', '\\'));

const destinationAccount: Setter = (draft, written) => {
  const value = written.replace('\\\\', '\\');
  const slash = value.lastIndexOf('\\');
  if (slash > 0) draft.label('dstuser_domain', value.slice(0, slash));
  draft.text('destination.user.name', value.slice(slash + 1));
};

/** An administrator's machine is told by address, and now and then by name. */
const hostOrAddress: Setter = (draft, value) => {
  if (canonicalIp(value) === undefined) draft.label('host', value);
  else draft.ip('source.ip', value);
};

/** Read from the row where they matter: times, and columns whose meaning depends on the log type. */
const BY_TYPE = new Set([
  ...['-', 'receive_time', 'time_generated', 'high_res_timestamp', 'start', 'elapsed', 'misc', 'threatid', 'event'],
  ...[
    'filedigest',
    'status',
    'login_duration',
    'public_ip',
    'public_ipv6',
    'private_ip',
    'private_ipv6',
    'result',
    'sni',
  ],
]);

/** Columns that are the same in every log type. */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['type', (draft, value) => draft.label('type', value.toUpperCase())],
  ['subtype', unless(NO_NUMBER, label('subtype'))],
  ['serial', unless(new Set(['no-serial']), text('observer.serial_number'))],
  ['device_name', text('observer.name')],
  ['src', unless(NO_ADDRESS, ip('source.ip'))],
  ['sport', port('source.port')],
  ['natsrc', unless(NO_ADDRESS, ip('source.nat.ip'))],
  ['natsport', unless(NO_NUMBER, port('source.nat.port'))],
  ['src_mac', mac('source.mac')],
  ['src_host', text('source.domain')],
  ['srcloc', country('source.geo.country_name')],
  ['dst', unless(NO_ADDRESS, ip('destination.ip'))],
  ['dport', port('destination.port')],
  ['natdst', unless(NO_ADDRESS, ip('destination.nat.ip'))],
  ['natdport', unless(NO_NUMBER, port('destination.nat.port'))],
  ['dst_mac', mac('destination.mac')],
  ['dst_host', text('destination.domain')],
  ['dstloc', country('destination.geo.country_name')],
  ['srcuser', sourceAccount],
  ['user', sourceAccount],
  ['admin', sourceAccount],
  ['ip', unless(NO_ADDRESS, ip('source.ip'))],
  ['srcipv6', unless(NO_ADDRESS, first('source.ip', ip('source.ip')))],
  ['host', hostOrAddress],
  ['mac', mac('source.mac')],
  ['dstuser', destinationAccount],
  ['dynusergroup_name', text('user.group.name')],
  ['machinename', text('host.name')],
  ['rule', text('rule.name')],
  ['rule_uuid', unless(new Set(['00000000-0000-0000-0000-000000000000']), text('rule.uuid'))],
  ['category', unless(new Set(['any']), text('rule.category'))],
  ['app', unless(new Set(['not-applicable']), lower('network.application'))],
  ['proto', (draft, value) => draft.transport(value)],
  ['from', text('observer.ingress.zone')],
  ['to', text('observer.egress.zone')],
  ['inbound_if', text('observer.ingress.interface.name')],
  ['outbound_if', text('observer.egress.interface.name')],
  ['sessionid', unless(NO_NUMBER, text('logmaster.session.id'))],
  ['action', lower('event.action')],
  ['cmd', lower('event.action')],
  ['bytes', long('network.bytes')],
  ['bytes_sent', long('source.bytes')],
  ['bytes_received', long('destination.bytes')],
  ['packets', long('network.packets')],
  ['pkts_sent', long('source.packets')],
  ['pkts_received', long('destination.packets')],
  ['session_end_reason', text('event.reason')],
  ['reason', text('event.reason')],
  ['error', first('event.reason', text('event.reason'))],
  ['severity', severity],
  ['eventid', unless(NO_NUMBER, text('event.code'))],
  ['http_method', unless(new Set(['unknown']), text('http.request.method'))],
  ['user_agent', text('user_agent.original')],
  // One session, one record: repeats are told only where there are some.
  ['repeatcnt', unless(new Set(['0', '1']), label('repeatcnt'))],
]);

/** Is the column a label, whatever its value? */
export function isLabel(name: string): boolean {
  return !BY_TYPE.has(name) && !FIELDS.has(name);
}

/** One setter per column; undefined where the log type's own reader looks at it. */
export function settersOf(columns: readonly string[]): readonly (Setter | undefined)[] {
  return columns.map((name) => (BY_TYPE.has(name) ? undefined : (FIELDS.get(name) ?? unless(NO_VALUE, label(name)))));
}
