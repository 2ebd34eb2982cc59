import { orLabel } from '../event/set-field.ts';
import {
  account,
  type FieldTable,
  first,
  ip,
  lenientTransport,
  long,
  lower,
  mac,
  named,
  port,
  type Setter,
  text,
  unless,
} from '../event/setters.ts';
import { levelWord } from '../syslog/severity.ts';
import { NO_ADDRESS } from '../values/ip.ts';

const ZERO = new Set(['0']);
const NO_MAC = new Set(['00:00:00:00:00:00']);
const firstReason = first('event.reason', text('event.reason'));

/** The web application firewall's `server` may have a port. */
const domain: Setter = (draft, value) => {
  const name = value.replace(/^([^:]{1,253}):\d{1,5}$/, '$1');
  draft.text('url.domain', name);
  draft.text('destination.domain', name);
};

const status: Setter = (draft, value) => {
  if (/^[1-5]\d\d$/.test(value)) draft.long('http.response.status_code', value);
};

const level: Setter = (draft, value) => draft.text('log.level', levelWord(value));

/**
 * Fields of Sophos Firewall logs (Sophos Firewall syslog guide, 17.x to 21.x; the names of the old "device standard
 * format" and of the newer "standard syslog protocol" format) → ECS. What isn't here becomes a label.
 */
export const SOPHOS_FIELDS: FieldTable = new Map([
  ['log_id', text('event.code')],
  ...named('priority severity', level),
  ...named('device_id device_serial_id', text('observer.serial_number')),
  ['device_name', unless(new Set(['SFW']), text('observer.name'))],
  ['duration', (draft, value) => draft.seconds(value)],
  ['fw_rule_id', text('rule.id')],
  ['fw_rule_name', text('rule.name')],
  ['fw_rule_section', text('rule.ruleset')],
  ...named('user_name username login_user', first('user.name', account)),
  ...named('user_gp user_group usergroupname', text('user.group.name')),
  ...named('application application_name app_name', lower('network.application')),
  ...named('category application_category app_category classification', first('rule.category', text('rule.category'))),
  ['in_interface', text('observer.ingress.interface.name')],
  ['out_interface', text('observer.egress.interface.name')],
  ...named('srczone src_zone', text('observer.ingress.zone')),
  ...named('dstzone dst_zone', text('observer.egress.zone')),
  ['src_mac', unless(NO_MAC, mac('source.mac'))],
  ['dst_mac', unless(NO_MAC, mac('destination.mac'))],
  ...named('src_ip sourceip', unless(NO_ADDRESS, ip('source.ip'))),
  ['remoteinterfaceip', first('source.ip', ip('source.ip'))],
  ...named('dst_ip destinationip localip local_ip', unless(NO_ADDRESS, ip('destination.ip'))),
  ['remotegateway', first('source.ip', orLabel('source.ip', 'remotegateway'))],
  ['localgateway', first('destination.ip', orLabel('destination.ip', 'localgateway'))],
  ['localinterfaceip', first('destination.ip', ip('destination.ip'))],
  ['src_port', port('source.port')],
  ['dst_port', port('destination.port')],
  ['protocol', (draft, value) => lenientTransport(draft, value.trim())],
  ...named('sent_pkts packets_sent', long('source.packets')),
  ...named('recv_pkts packets_received', long('destination.packets')),
  // The web application firewall counts as the server does.
  ...named('sent_bytes bytes_sent bytesrcv', long('source.bytes')),
  ...named('recv_bytes bytes_received bytessent', long('destination.bytes')),
  ...named('tran_src_ip src_trans_ip', unless(NO_ADDRESS, ip('source.nat.ip'))),
  ...named('tran_src_port src_trans_port', unless(ZERO, port('source.nat.port'))),
  ...named('tran_dst_ip dst_trans_ip', unless(NO_ADDRESS, ip('destination.nat.ip'))),
  ...named('tran_dst_port dst_trans_port', unless(ZERO, port('destination.nat.port'))),
  ...named('connid con_id', text('logmaster.session.id')),
  ...named('url FTP_url ftp_url', text('url.original')),
  ...named('domain domainname dstdomain website server', domain),
  ['src_domainname', text('source.domain')],
  ['dst_domainname', text('destination.domain')],
  ['method', text('http.request.method')],
  ...named('user_agent useragent', text('user_agent.original')),
  ...named('status_code httpstatus httpresponsecode http_status', status),
  ...named('filename file_name download_file_name', first('file.name', text('file.name'))),
  ...named('virus threatname threat signature_msg reason quarantine_reason', firstReason),
  ...named('reported_host client_host_name', text('host.name')),
  ['vlan_id', text('network.vlan.id')],
]);
