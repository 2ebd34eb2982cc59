import type { EventDraft } from '../event/draft.ts';
import {
  account,
  country,
  first,
  ip,
  label,
  long,
  lower,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { levelWord } from '../syslog/severity.ts';
import { NO_ADDRESS } from '../values/ip.ts';

const NO_LOOKUP = new Set(['No-lookup', 'Unknown', 'N/A']);
const NO_FLOW = new Set(['0000000000000000']);

/** Route domains stand behind the address: `10.0.0.5%1`. */
const address = (field: 'source.ip' | 'destination.ip' | 'source.nat.ip' | 'destination.nat.ip'): Setter => {
  const set = unless(NO_ADDRESS, ip(field));
  return (draft, value) => set(draft, value.split('%', 1)[0] as string);
};

/** Address and port in one value, as CGNAT writes them. */
const endpoint = (
  field: 'source.ip' | 'source.nat.ip' | 'destination.ip',
  portField: 'source.port' | 'source.nat.port' | 'destination.port',
): Setter => {
  return (draft, value) => {
    const colon = value.lastIndexOf(':');
    const hasPort = colon > 0 && value.indexOf(':') === colon;
    address(field)(draft, hasPort ? value.slice(0, colon) : value);
    if (hasPort) draft.port(portField, value.slice(colon + 1));
  };
};

/** AFM's events, CGNAT's, and ASM's requests (BIG-IP "Event Messages and Attack Types"; default storage formats). */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...named('source_ip ip_client src_ip', address('source.ip')),
  ...named('source_port src_port', port('source.port')),
  ['cli', endpoint('source.ip', 'source.port')],
  ['nat', endpoint('source.nat.ip', 'source.nat.port')],
  ['dst', endpoint('destination.ip', 'destination.port')],
  ...named('dest_ip dst_ip', address('destination.ip')),
  ...named('dest_port dst_port', port('destination.port')),
  ['translated_source_ip', address('source.nat.ip')],
  ['translated_source_port', port('source.nat.port')],
  ['translated_dest_ip', address('destination.nat.ip')],
  ['translated_dest_port', port('destination.nat.port')],
  ...named('src_geo geo_location geo_info', unless(NO_LOOKUP, country('source'))),
  ['dst_geo', unless(NO_LOOKUP, country('destination'))],
  ['ip_protocol', (draft, value) => draft.transport(value)],
  ['protocol', lower('network.protocol')],
  ...named('acl_rule_name', text('rule.name')),
  ...named('acl_policy_name policy_name', text('rule.ruleset')),
  ['rule_uuid', text('rule.uuid')],
  ...named('action request_status req_status', lower('event.action')),
  ...named('drop_reason violations', text('event.reason')),
  ['attack_type', label('attack_type')],
  ['vlan', text('observer.ingress.interface.name')],
  ['flow_id', unless(NO_FLOW, text('logmaster.session.id'))],
  ['session_id', first('logmaster.session.id', text('logmaster.session.id'))],
  ...named('username source_user', unless(NO_LOOKUP, account)),
  ...named('hostname unit_hostname unit_host', text('observer.name')),
  ...named('bigip_mgmt_ip management_ip_address manage_ip_addr', unless(NO_ADDRESS, ip('observer.ip'))),
  ['device_version', text('observer.version')],
  ['errdefs_msgno', text('event.code')],
  ['severity', severity],
  ['method', text('http.request.method')],
  ...named('response_code resp_code', unless(new Set(['0', 'N/A']), long('http.response.status_code'))),
]);

/** Kept apart: times, the whole request, and what repeats the vendor. */
const LEFT_OUT = new Set([
  'date_time',
  'uri',
  'query_string',
  'query_str',
  'request',
  'req',
  'telemetryEventCategory',
  'device_vendor',
  'device_product',
  'duration',
  'start',
]);

/** AFM writes a number, ASM a word. */
function severity(draft: EventDraft, value: string): void {
  if (/^\d{1,2}$/.test(value)) draft.long('event.severity', value);
  else draft.text('log.level', levelWord(value));
}

export function applyField(draft: EventDraft, name: string, value: string): void {
  if (value === 'N/A' || LEFT_OUT.has(name)) return;
  (FIELDS.get(name) ?? label(name))(draft, value);
}
