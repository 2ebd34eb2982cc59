import { orLabel } from '../event/set-field.ts';
import {
  type FieldTable,
  first,
  ipOrName,
  lenientTransport,
  long,
  lower,
  mac,
  named,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { setUrl } from '../event/url.ts';
import { canonicalIp } from '../values/ip.ts';

/** No translation took place. */
const translated = (set: Setter) => unless(new Set(['0.0.0.0', '0', '::']), set);

/** `Ayşe Yılmaz (ayse)`: the account stands in brackets behind the person's name. */
const person: Setter = (draft, value) => {
  const open = value.lastIndexOf('(');
  const login = open > 0 && value.endsWith(')') ? value.slice(open + 1, -1).trim() : '';
  draft.text('user.name', login === '' ? value : login);
  if (login !== '') draft.label('user_full_name', value.slice(0, open).trim());
};

/** Number of a port, or the name of a service. */
const service: Setter = (draft, value) => {
  if (/^\d{1,5}$/.test(value)) draft.port('destination.port', value);
  else draft.lower('network.protocol', value);
};

/** A number; drops that were counted together list their packets: ` <source,port,destination,port,protocol;interface> …`. */
const packets: Setter = (draft, value) => {
  if (!value.includes('<')) {
    draft.long('network.packets', value);
    return;
  }
  draft.label('packets', value.trim());
  const m = DROPPED.exec(value);
  if (!m || draft.has('source.ip')) return;
  draft.ip('source.ip', m[1]);
  draft.port('source.port', m[2]);
  draft.ip('destination.ip', m[3]);
  draft.port('destination.port', m[4]);
  draft.transport(m[5]);
  draft.text('observer.ingress.interface.name', m[6]);
};
/** The first packet of the list: the rule was the same for all. */
const DROPPED = /^ ?<([\da-fA-F.:]{2,45}),(\d{1,5}),([\da-fA-F.:]{2,45}),(\d{1,5}),(\d{1,3})(?:;([^<>]{1,64}))?>/;

const severity: Setter = (draft, value) => {
  if (/^\d{1,2}$/.test(value)) draft.long('event.severity', value);
  else draft.label('severity', value);
};

const status: Setter = (draft, value) => {
  if (/^[1-5]\d\d$/.test(value)) draft.long('http.response.status_code', value);
  else draft.label('http_status', value);
};

const sha256: Setter = (draft, value) => {
  if (/^[0-9a-f]{64}$/i.test(value)) draft.text('file.hash.sha256', value.toLowerCase());
};

const site: Setter = (draft, value) => {
  draft.text('url.domain', value);
  draft.text('destination.domain', value);
};

/** The first one says why; the others keep their names. */
const reasonOr =
  (name: string): Setter =>
  (draft, value) => {
    if (draft.has('event.reason')) draft.label(name, value);
    else draft.text('event.reason', value);
  };
/** A URL, or a file's name or whatever else was asked for. */
const resource: Setter = (draft, value) => {
  if (draft.has('url.original')) return;
  if (value.includes('://')) setUrl(draft, value);
  else draft.text('url.original', value);
};

const REASONS =
  'attack protection_name malware_action message_info tcp_packet_out_of_state reason drop_reason fw_message'.split(' ');

/**
 * Fields of Check Point logs (Check Point sk144192, "Log fields reference"; Log Exporter's syslog, Splunk and LEEF forms
 * use the same names) → ECS. What isn't here becomes a label.
 */
export const CHECK_POINT_FIELDS: FieldTable = new Map([
  ['action', lower('event.action')],
  ['src', ipOrName('source.ip', 'source.domain')],
  ['client_ip', first('source.ip', ipOrName('source.ip', 'source.domain'))],
  ...named('proxy_src_ip endpoint_ip', first('source.ip', ipOrName('source.ip', 'source.domain'))),
  ['dst', ipOrName('destination.ip', 'destination.domain')],
  ...named('s_port sport_svc', orLabel('source.port', 's_port')),
  ...named('service svc d_port', service),
  ['service_id', lower('network.protocol')],
  ['proto', lenientTransport],
  ['xlatesrc', translated(orLabel('source.nat.ip', 'xlatesrc'))],
  ...named('xlatesport xlatesport_svc', translated(orLabel('source.nat.port', 'xlatesport'))),
  ['xlatedst', translated(orLabel('destination.nat.ip', 'xlatedst'))],
  ...named('xlatedport xlatedport_svc', translated(orLabel('destination.nat.port', 'xlatedport'))),
  ...named('mac_source_address src_mac mac_address', first('source.mac', mac('source.mac'))),
  ['mac_destination_address', mac('destination.mac')],
  ['rule', text('rule.id')],
  ['rule_uid', (draft, value) => draft.text('rule.uuid', value.replace(/^\{|\}$/g, '').toLowerCase())],
  ['rule_name', text('rule.name')],
  ...named('app_rule_name malware_rule_name', first('rule.name', text('rule.name'))),
  ['layer_name', first('rule.ruleset', text('rule.ruleset'))],
  ...named('app_category matched_category category', first('rule.category', text('rule.category'))),
  ['inzone', text('observer.ingress.zone')],
  ['outzone', text('observer.egress.zone')],
  ['origin', originOf],
  ['orig', originOf],
  ...named('orig_name hostname', text('observer.name')),
  ...named('user src_user_name', person),
  ['administrator', first('user.name', text('user.name'))],
  ['dst_user_name', text('destination.user.name')],
  ['src_user_group', text('user.group.name')],
  ['src_machine_name', first('source.domain', text('source.domain'))],
  ['dst_machine_name', first('destination.domain', text('destination.domain'))],
  ['bytes', long('network.bytes')],
  // Seen from the client: what came in at the gateway is what it sent.
  ...named('client_inbound_bytes sent_bytes', long('source.bytes')),
  ...named('client_outbound_bytes received_bytes', long('destination.bytes')),
  ['packets', packets],
  ['packet_amount', long('network.packets')],
  ['client_inbound_interface', text('observer.ingress.interface.name')],
  ['server_outbound_interface', text('observer.egress.interface.name')],
  ['client_inbound_packets', long('source.packets')],
  ['client_outbound_packets', long('destination.packets')],
  ['loguid', text('logmaster.session.id')],
  ['appi_name', lower('network.application')],
  ...named('resource url', resource),
  ...named('http_host tls_server_host_name', site),
  ['method', text('http.request.method')],
  ['http_status', status],
  ['protocol', first('network.protocol', lower('network.protocol'))],
  ['user_agent', text('user_agent.original')],
  ['dns_query', text('dns.question.name')],
  ['dns_type', text('dns.question.type')],
  ['file_name', text('file.name')],
  ['file_sha256', sha256],
  ['severity', severity],
  ...REASONS.map((name) => [name, reasonOr(name)] as const),
]);

function originOf(...[draft, value]: Parameters<Setter>): void {
  if (canonicalIp(value) === undefined) draft.text('observer.name', value);
  else draft.ip('observer.ip', value);
}
