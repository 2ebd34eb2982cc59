import type { IpField, NumberField, TextField } from '../event/draft.ts';
import { first, ip, long, lower, mac, named, port, type Setter, text, unless } from '../event/setters.ts';
import { levelWord } from '../syslog/severity.ts';
import { canonicalIp } from '../values/ip.ts';

/** `Reserved` stands for private addresses. */
const country =
  (field: TextField): Setter =>
  (draft, value) => {
    if (value !== 'Reserved') draft.text(field, value);
  };
const zone =
  (field: TextField): Setter =>
  (draft, value) => {
    if (value !== 'undefined') draft.text(field, value);
  };
/** `tcp/8443` (`8443/tcp` before FortiOS 5) names no protocol: it repeats transport and port. */
const protocol =
  (field: TextField): Setter =>
  (draft, value) => {
    if (!/^(?:(?:tcp|udp|icmp|sctp|ip|proto)\d?[/:]|\d{1,5}\/)/i.test(value)) draft.lower(field, value);
  };

/** Zeros say that nothing was translated. */
const translated =
  (field: IpField): Setter =>
  (draft, value) => {
    if (!isUnspecified(value)) draft.ip(field, value);
  };
/** A translated packet without ports has a zero. */
const translatedPort =
  (field: NumberField): Setter =>
  (draft, value) => {
    if (!/^0+$/.test(value)) draft.port(field, value);
  };
/** Zero: no session was made. */
const session: Setter = (draft, value) => {
  if (value !== NO_SESSION) draft.text('logmaster.session.id', value);
};
/** Of a hash that has no name of its kind, the length tells it. */
const hash: Setter = (draft, value) => {
  if (/^[0-9a-f]{64}$/i.test(value)) draft.text('file.hash.sha256', value.toLowerCase());
  else draft.label('filehash', value);
};
/** `https(192.0.2.5)`: from where an administrator works, where the record has no field for it. */
const userInterface =
  (name: string): Setter =>
  (draft, value) => {
    draft.label(name, value);
    const open = value.indexOf('(');
    if (open < 0 || !value.endsWith(')') || draft.has('source.ip')) return;
    const address = value.slice(open + 1, -1);
    if (canonicalIp(address) !== undefined) draft.ip('source.ip', address);
  };

/** Web filters have a `method`, too: what their category was found by. */
const method =
  (name: string, form: RegExp): Setter =>
  (draft, value) => {
    if (form.test(value)) draft.text('http.request.method', value.toUpperCase());
    else draft.label(name, value);
  };
const WORD = /^[A-Za-z]{2,16}$/;
const CAPITALS = /^[A-Z]{3,16}$/;
const direction: Setter = (draft, value) => {
  const word = DIRECTIONS.get(value);
  if (word === undefined) draft.label('direction', value);
  else draft.text('network.direction', word);
};
const statusCode =
  (name: string): Setter =>
  (draft, value) => {
    if (/^[1-5]\d\d$/.test(value)) draft.long('http.response.status_code', value);
    else draft.label(name, value);
  };
/** `www.example.com:8443`, `192.0.2.5`. */
const host: Setter = (draft, value) => {
  const name = /^([^:\s]{1,253})(?::\d{1,5})?$/.exec(value)?.[1] ?? value;
  if (name === 'none') return;
  draft.text('url.domain', name);
  if (canonicalIp(name) === undefined) draft.text('destination.domain', name);
};
const NOT_TOLD = new Set(['none', 'N/A', 'Not Spam']);
const NONE = new Set(['none', 'None', 'Unknown', 'unknown']);

/** In the place of a session's number. */
export const NO_SESSION = '0';

/** No address at all. */
export function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** Seen by the reader itself: the record's time. */
export const TIME_FIELDS = new Set(['date', 'time', 'tz', 'eventtime']);

/**
 * FortiOS log fields (FortiOS 7 Log Message Reference, "Log field name") → ECS. `transip`/`transport` are the
 * translated source, `tranip`/`tranport` the translated destination. What isn't here becomes a label.
 */
export const FORTIGATE_FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['devname', text('observer.name')],
  ['devid', text('observer.serial_number')],
  ['logid', text('event.code')],
  ['level', (draft, value) => draft.text('log.level', levelWord(value))],
  ['srcip', ip('source.ip')],
  ['remip', first('source.ip', ip('source.ip'))],
  ['remport', first('source.port', port('source.port'))],
  ['locip', first('destination.ip', ip('destination.ip'))],
  ['locport', first('destination.port', port('destination.port'))],
  ['ip', first('source.ip', ip('source.ip'))],
  ['srcport', port('source.port')],
  ['srcmac', mac('source.mac')],
  ['mac', first('source.mac', mac('source.mac'))],
  ['stamac', first('source.mac', mac('source.mac'))],
  ['srcname', text('source.domain')],
  ['srccountry', country('source.geo.country_name')],
  ['srcintf', text('observer.ingress.interface.name')],
  ['interface', text('observer.ingress.interface.name')],
  ['srcintfrole', zone('observer.ingress.zone')],
  ['dstip', ip('destination.ip')],
  ['dstport', port('destination.port')],
  ['dstmac', mac('destination.mac')],
  ['dstname', text('destination.domain')],
  ['dstcountry', country('destination.geo.country_name')],
  ['dstintf', text('observer.egress.interface.name')],
  ['outintf', text('observer.egress.interface.name')],
  ['dstintfrole', zone('observer.egress.zone')],
  ['dstuser', text('destination.user.name')],
  ['transip', translated('source.nat.ip')],
  ['transport', translatedPort('source.nat.port')],
  ['tranip', translated('destination.nat.ip')],
  ['tranport', translatedPort('destination.nat.port')],
  ['sentbyte', long('source.bytes')],
  ['rcvdbyte', long('destination.bytes')],
  ['sentpkt', long('source.packets')],
  ['rcvdpkt', long('destination.packets')],
  ['duration', (draft, value) => draft.seconds(value)],
  ['proto', (draft, value) => draft.transport(value)],
  ['service', protocol('network.protocol')],
  ['app', protocol('network.application')],
  ['direction', direction],
  ['vlanid', text('network.vlan.id')],
  ['user', text('user.name')],
  ['ui', userInterface('ui')],
  // FortiManager and FortiAnalyzer
  ['userfrom', userInterface('userfrom')],
  // FortiAuthenticator
  ['userip', first('source.ip', ip('source.ip'))],
  ['unauthuser', first('user.name', text('user.name'))],
  // The peer's own name in `user` is an address or an id; who has signed in stands here.
  ['xauthuser', text('user.name')],
  ['eapuser', text('user.name')],
  ['group', text('user.group.name')],
  ['xauthgroup', text('user.group.name')],
  ['eapauthgroup', text('user.group.name')],
  ['policyid', text('rule.id')],
  ['policy_id', first('rule.id', text('rule.id'))],
  ['policyname', text('rule.name')],
  ['poluuid', text('rule.uuid')],
  ['policytype', text('rule.ruleset')],
  ['catdesc', text('rule.category')],
  ['sessionid', session],
  ['session_id', session],
  ['tunnelid', first('logmaster.session.id', session)],
  ['action', lower('event.action')],
  ['reason', (draft, value) => value !== 'none' && draft.text('event.reason', value)],
  ['attack', first('event.reason', text('event.reason'))],
  ['attackname', first('event.reason', text('event.reason'))],
  ['virus', first('event.reason', text('event.reason'))],
  ['url', text('url.original')],
  ['httpmethod', method('httpmethod', WORD)],
  ['method', method('method', CAPITALS)],
  ['httpcode', statusCode('httpcode')],
  ['agent', text('user_agent.original')],
  ['qname', text('dns.question.name')],
  ['qtype', text('dns.question.type')],
  ['filename', text('file.name')],
  ['filehash', hash],
  ['analyticscksum', text('file.hash.sha256')],
  // FortiWeb and FortiADC
  ['http_method', method('http_method', WORD)],
  ['http_url', text('url.original')],
  ['http_host', host],
  ['http_agent', unless(NONE, text('user_agent.original'))],
  ['http_retcode', statusCode('http_retcode')],
  ['http_request_bytes', long('source.bytes')],
  ['http_response_bytes', long('destination.bytes')],
  ['ibytes', long('source.bytes')],
  ['obytes', long('destination.bytes')],
  ['trans_src', translated('source.nat.ip')],
  ['trans_src_port', translatedPort('source.nat.port')],
  ['trans_dst', translated('destination.nat.ip')],
  ['trans_dst_port', translatedPort('destination.nat.port')],
  ['policy', first('rule.name', unless(NONE, text('rule.name')))],
  ['user_name', first('user.name', unless(NONE, text('user.name')))],
  ...named(
    'signature_subclass sub_type main_type attack_type',
    first('event.reason', unless(NOT_TOLD, text('event.reason'))),
  ),
  // FortiDDoS
  ['sip', ip('source.ip')],
  ['sport', port('source.port')],
  ['dip', ip('destination.ip')],
  ['dport', port('destination.port')],
  ['protocol', (draft, value) => draft.transport(value)],
  // FortiMail
  ['client_ip', first('source.ip', ip('source.ip'))],
  ['dst_ip', first('destination.ip', ip('destination.ip'))],
  ['classifier', first('event.reason', unless(NOT_TOLD, text('event.reason')))],
  // FortiOS 4 and 5.0
  ['device_id', text('observer.serial_number')],
  ['log_id', text('event.code')],
  ['pri', (draft, value) => draft.text('log.level', levelWord(value))],
  ['src', ip('source.ip')],
  ['src_port', port('source.port')],
  ['src_int', text('observer.ingress.interface.name')],
  ['dst', ip('destination.ip')],
  ['dst_port', port('destination.port')],
  ['dst_int', text('observer.egress.interface.name')],
  ['tran_ip', translated('source.nat.ip')],
  ['tran_port', translatedPort('source.nat.port')],
  ['sent', long('source.bytes')],
  ['rcvd', long('destination.bytes')],
  ['sent_pkt', long('source.packets')],
  ['rcvd_pkt', long('destination.packets')],
  ['serial', session],
  ['SN', session],
]);

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['outgoing', 'outbound'],
  ['incoming', 'inbound'],
  ['outbound', 'outbound'],
  ['in', 'inbound'],
  ['out', 'outbound'],
  ['inbound', 'inbound'],
  ['internal', 'internal'],
  ['external', 'external'],
]);
