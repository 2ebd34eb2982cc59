import type { NumberFieldName, TextFieldName } from '@logmaster/core/event/columns/column-batch';

/**
 * Columns whose values are too different from row to row for asking their setters about each: they are read from the bytes.
 * The same meaning as in fields.ts, which decides about all other columns; a test compares the two ways.
 * `zeroIsNone`: PAN-OS writes `0` for none.
 */
export type DirectColumn =
  | { readonly kind: 'ip'; readonly field: TextFieldName }
  | { readonly kind: 'text'; readonly field: TextFieldName; readonly zeroIsNone: true }
  | { readonly kind: 'port'; readonly field: NumberFieldName; readonly zeroIsNone?: true }
  | { readonly kind: 'long'; readonly field: NumberFieldName }
  | { readonly kind: 'label' };

export const DIRECT_COLUMNS: ReadonlyMap<string, DirectColumn> = new Map<string, DirectColumn>([
  ['src', { kind: 'ip', field: 'source.ip' }],
  ['dst', { kind: 'ip', field: 'destination.ip' }],
  ['natsrc', { kind: 'ip', field: 'source.nat.ip' }],
  ['natdst', { kind: 'ip', field: 'destination.nat.ip' }],
  ['sport', { kind: 'port', field: 'source.port' }],
  ['dport', { kind: 'port', field: 'destination.port' }],
  ['natsport', { kind: 'port', field: 'source.nat.port', zeroIsNone: true }],
  ['natdport', { kind: 'port', field: 'destination.nat.port', zeroIsNone: true }],
  ['sessionid', { kind: 'text', field: 'logmaster.session.id', zeroIsNone: true }],
  ['bytes', { kind: 'long', field: 'network.bytes' }],
  ['bytes_sent', { kind: 'long', field: 'source.bytes' }],
  ['bytes_received', { kind: 'long', field: 'destination.bytes' }],
  ['packets', { kind: 'long', field: 'network.packets' }],
  ['pkts_sent', { kind: 'long', field: 'source.packets' }],
  ['pkts_received', { kind: 'long', field: 'destination.packets' }],
  ['seqno', { kind: 'label' }],
]);
