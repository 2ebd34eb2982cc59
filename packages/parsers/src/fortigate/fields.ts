import type { FieldName } from '@logmaster/core/event/fields';
import type { EventDraft, IpField, NumberField, TextField } from '../event/draft.ts';
import { levelWord } from '../syslog/severity.ts';

type Setter = (draft: EventDraft, value: string) => void;

const text =
  (field: TextField): Setter =>
  (draft, value) =>
    draft.text(field, value);
const lower =
  (field: TextField): Setter =>
  (draft, value) =>
    draft.lower(field, value);
const ip =
  (field: IpField): Setter =>
  (draft, value) =>
    draft.ip(field, value);
const port =
  (field: NumberField): Setter =>
  (draft, value) =>
    draft.port(field, value);
const long =
  (field: NumberField): Setter =>
  (draft, value) =>
    draft.long(field, value);
const mac =
  (field: TextField): Setter =>
  (draft, value) =>
    draft.mac(field, value);
/** For names that FortiOS uses for the same thing in different logs: the first one in the record wins. */
const first =
  (field: FieldName, set: Setter): Setter =>
  (draft, value) => {
    if (draft.event[field] === undefined) set(draft, value);
  };
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
/** `tcp/8443` names no protocol: it repeats transport and port. */
const protocol =
  (field: TextField): Setter =>
  (draft, value) => {
    if (!/^(?:tcp|udp|icmp|sctp|ip|proto)\d?[/:]/i.test(value)) draft.lower(field, value);
  };

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
  ['ip', first('source.ip', ip('source.ip'))],
  ['srcport', port('source.port')],
  ['srcmac', mac('source.mac')],
  ['mac', first('source.mac', mac('source.mac'))],
  ['srcname', text('source.domain')],
  ['srccountry', country('source.geo.country_name')],
  ['srcintf', text('observer.ingress.interface.name')],
  ['srcintfrole', zone('observer.ingress.zone')],
  ['dstip', ip('destination.ip')],
  ['dstport', port('destination.port')],
  ['dstmac', mac('destination.mac')],
  ['dstname', text('destination.domain')],
  ['dstcountry', country('destination.geo.country_name')],
  ['dstintf', text('observer.egress.interface.name')],
  ['dstintfrole', zone('observer.egress.zone')],
  ['dstuser', text('destination.user.name')],
  ['transip', ip('source.nat.ip')],
  ['transport', port('source.nat.port')],
  ['tranip', ip('destination.nat.ip')],
  ['tranport', port('destination.nat.port')],
  ['sentbyte', long('source.bytes')],
  ['rcvdbyte', long('destination.bytes')],
  ['sentpkt', long('source.packets')],
  ['rcvdpkt', long('destination.packets')],
  ['duration', (draft, value) => draft.seconds(value)],
  ['proto', (draft, value) => draft.transport(value)],
  ['service', protocol('network.protocol')],
  ['app', protocol('network.application')],
  ['direction', (draft, value) => draft.text('network.direction', DIRECTIONS.get(value) ?? value)],
  ['vlanid', text('network.vlan.id')],
  ['user', text('user.name')],
  ['unauthuser', first('user.name', text('user.name'))],
  ['group', text('user.group.name')],
  ['policyid', text('rule.id')],
  ['policyname', text('rule.name')],
  ['poluuid', text('rule.uuid')],
  ['policytype', text('rule.ruleset')],
  ['catdesc', text('rule.category')],
  ['sessionid', text('logmaster.session.id')],
  ['tunnelid', first('logmaster.session.id', text('logmaster.session.id'))],
  ['action', lower('event.action')],
  ['reason', (draft, value) => value !== 'none' && draft.text('event.reason', value)],
  ['attack', first('event.reason', text('event.reason'))],
  ['virus', first('event.reason', text('event.reason'))],
  ['url', text('url.original')],
  ['httpmethod', text('http.request.method')],
  ['agent', text('user_agent.original')],
  ['qname', text('dns.question.name')],
  ['qtype', text('dns.question.type')],
  ['filename', text('file.name')],
  ['analyticscksum', text('file.hash.sha256')],
]);

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['outgoing', 'outbound'],
  ['incoming', 'inbound'],
]);
