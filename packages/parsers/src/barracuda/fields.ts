import type { EventDraft } from '../event/draft.ts';
import { account, first, ip, label, long, lower, mac, port, type Setter, text, unless } from '../event/setters.ts';
import { NO_ADDRESS } from '../values/ip.ts';

const NO_MAC = new Set(['00:00:00:00:00:00']);
const NO_PORT = new Set(['0']);
const NO_RULE = new Set(['<no-match>']);

/** `UDP`, `IGMP(2)`. */
const transport: Setter = (draft, value) => {
  const number = /\((\d{1,3})\)$/.exec(value)?.[1];
  draft.transport(number ?? value);
};

/** Milliseconds. */
const duration: Setter = (draft, value) => {
  draft.duration(/^\d{1,12}$/.test(value) ? Number(value) * 1_000_000 : undefined);
};

/**
 * Keys of the activity log ("Firewall Activity Log", campus.barracuda.com), in the order of the form without keys. The
 * audit log is read into the same keys. What isn't here becomes a label.
 */
export const ACTIVITY_KEYS: readonly string[] = (
  'type proto srcIF srcIP srcPort srcMAC dstIP dstPort dstService dstIF rule info srcNAT dstNAT duration count ' +
  'receivedBytes sentBytes receivedPackets sentPackets user protocol application target content urlcat'
).split(' ');

/** Audit log: after the time and the action. */
export const AUDIT_KEYS: readonly string[] = (
  'type srcIF proto rule srcIP srcPort dstIP dstPort dstService infoCode info srcNAT srcNATPort dstNAT dstNATPort dstIF ' +
  'srcMAC sentBytes sentPackets receivedBytes receivedPackets duration'
).split(' ');

const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['proto', transport],
  ['srcIF', text('observer.ingress.interface.name')],
  ['srcIP', ip('source.ip')],
  ['srcPort', port('source.port')],
  ['srcMAC', unless(NO_MAC, mac('source.mac'))],
  ['dstIP', ip('destination.ip')],
  ['dstPort', port('destination.port')],
  ['dstMAC', unless(NO_MAC, mac('destination.mac'))],
  ['dstService', lower('network.protocol')],
  ['dstIF', text('observer.egress.interface.name')],
  ['rule', unless(NO_RULE, text('rule.name'))],
  ['info', unless(NO_PORT, text('event.reason'))],
  ['srcNAT', unless(NO_ADDRESS, ip('source.nat.ip'))],
  ['srcNATPort', unless(NO_PORT, port('source.nat.port'))],
  ['dstNAT', unless(NO_ADDRESS, ip('destination.nat.ip'))],
  ['dstNATPort', unless(NO_PORT, port('destination.nat.port'))],
  ['duration', duration],
  ['count', unless(new Set(['0', '1']), label('count'))],
  ['sentBytes', long('source.bytes')],
  ['receivedBytes', long('destination.bytes')],
  ['sentPackets', long('source.packets')],
  ['receivedPackets', long('destination.packets')],
  ['user', account],
  ['protocol', first('network.application', lower('network.application'))],
  ['application', lower('network.application')],
  ['target', text('url.domain')],
  ['urlcat', text('rule.category')],
  ['action', lower('event.action')],
]);

export function applyField(draft: EventDraft, name: string, value: string): void {
  (FIELDS.get(name) ?? label(name))(draft, value);
}
