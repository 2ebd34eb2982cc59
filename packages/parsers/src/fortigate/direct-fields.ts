import type { NumberFieldName, TextFieldName } from '@logmaster/core/event/columns/column-batch';

/**
 * Keys whose values are too different from record to record to be remembered: they are read from the bytes. The same
 * meaning as in fields.ts, which decides about all other keys; a test compares the two ways.
 * `first`: only where no other key has set the field.
 */
export type DirectField =
  | { readonly kind: 'text'; readonly field: TextFieldName; readonly first?: true }
  | { readonly kind: 'ip'; readonly field: TextFieldName; readonly first?: true }
  | { readonly kind: 'long' | 'port' | 'seconds'; readonly field: NumberFieldName };

export const DIRECT_FIELDS: ReadonlyMap<string, DirectField> = new Map<string, DirectField>([
  ['srcip', { kind: 'ip', field: 'source.ip' }],
  ['remip', { kind: 'ip', field: 'source.ip', first: true }],
  ['ip', { kind: 'ip', field: 'source.ip', first: true }],
  ['dstip', { kind: 'ip', field: 'destination.ip' }],
  ['transip', { kind: 'ip', field: 'source.nat.ip' }],
  ['tranip', { kind: 'ip', field: 'destination.nat.ip' }],
  ['srcport', { kind: 'port', field: 'source.port' }],
  ['dstport', { kind: 'port', field: 'destination.port' }],
  ['transport', { kind: 'port', field: 'source.nat.port' }],
  ['tranport', { kind: 'port', field: 'destination.nat.port' }],
  ['sentbyte', { kind: 'long', field: 'source.bytes' }],
  ['rcvdbyte', { kind: 'long', field: 'destination.bytes' }],
  ['sentpkt', { kind: 'long', field: 'source.packets' }],
  ['rcvdpkt', { kind: 'long', field: 'destination.packets' }],
  ['duration', { kind: 'seconds', field: 'event.duration' }],
  ['devname', { kind: 'text', field: 'observer.name' }],
  ['devid', { kind: 'text', field: 'observer.serial_number' }],
  ['logid', { kind: 'text', field: 'event.code' }],
  ['srcname', { kind: 'text', field: 'source.domain' }],
  ['srcintf', { kind: 'text', field: 'observer.ingress.interface.name' }],
  ['dstintf', { kind: 'text', field: 'observer.egress.interface.name' }],
  ['dstname', { kind: 'text', field: 'destination.domain' }],
  ['dstuser', { kind: 'text', field: 'destination.user.name' }],
  ['vlanid', { kind: 'text', field: 'network.vlan.id' }],
  ['user', { kind: 'text', field: 'user.name' }],
  ['unauthuser', { kind: 'text', field: 'user.name', first: true }],
  ['group', { kind: 'text', field: 'user.group.name' }],
  ['policyid', { kind: 'text', field: 'rule.id' }],
  ['policyname', { kind: 'text', field: 'rule.name' }],
  ['poluuid', { kind: 'text', field: 'rule.uuid' }],
  ['policytype', { kind: 'text', field: 'rule.ruleset' }],
  ['sessionid', { kind: 'text', field: 'logmaster.session.id' }],
  ['tunnelid', { kind: 'text', field: 'logmaster.session.id', first: true }],
  ['url', { kind: 'text', field: 'url.original' }],
  ['agent', { kind: 'text', field: 'user_agent.original' }],
  ['qname', { kind: 'text', field: 'dns.question.name' }],
  ['filename', { kind: 'text', field: 'file.name' }],
  ['analyticscksum', { kind: 'text', field: 'file.hash.sha256' }],
]);
