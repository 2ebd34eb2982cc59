import type { EventDraft } from '../event/draft.ts';
import { account, ip, label, long, lower, named, port, type Setter, text, unless } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { NO_ADDRESS } from '../values/ip.ts';

const NO_PORT = new Set(['0']);
/** Names of two words, and two `port` that belong to the address before them. */
const SPACED = /\b(src|dst) zone=|\b(src|dst)-xlated ip=(\S{1,45}) port=|\bicmp (type|code)=/g;
const PAIR = /([A-Za-z][\w-]{0,31})=("[^"]{0,256}"|\S{0,256})/g;
/** No line of the log is longer; hostile text may be. */
const MAX_LENGTH = 4096;
const REASON = / reason=([^=]{1,128})$/;

/** Names of the traffic log ("Traffic Logs", ScreenOS Message Log Reference Guide). What isn't here becomes a label. */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['src', ip('source.ip')],
  ['dst', ip('destination.ip')],
  ['src_port', port('source.port')],
  ['dst_port', port('destination.port')],
  ['src_xlated_ip', unless(NO_ADDRESS, ip('source.nat.ip'))],
  ['src_xlated_port', unless(NO_PORT, port('source.nat.port'))],
  ['dst_xlated_ip', unless(NO_ADDRESS, ip('destination.nat.ip'))],
  ['dst_xlated_port', unless(NO_PORT, port('destination.nat.port'))],
  ['proto', (draft, value) => draft.transport(value)],
  ['service', service],
  ['src_zone', text('observer.ingress.zone')],
  ['dst_zone', text('observer.egress.zone')],
  ['policy_id', text('rule.id')],
  ['action', lower('event.action')],
  ['sent', long('source.bytes')],
  ['rcvd', long('destination.bytes')],
  ['duration', (draft, value) => draft.seconds(value)],
  ['session_id', unless(NO_PORT, text('logmaster.session.id'))],
  ...named('user username', account),
]);
/** Kept apart: the reason has blanks, the time becomes the session's. */
const READ_APART = new Set(['reason', 'start_time', 'device_id']);

/** `http`, and `tcp/port:3389` for a service without a name. */
function service(draft: EventDraft, value: string): void {
  if (!value.includes('/') && value !== 'icmp') draft.lower('network.protocol', value);
}

/** A line of the traffic log: a session's end, its beginning or what was denied. Returns `start_time`. */
export function readTraffic(said: string, draft: EventDraft): string | undefined {
  const { event } = draft;
  const whole = said
    .slice(0, MAX_LENGTH)
    .replace(SPACED, (_, zone?: string, side?: string, address?: string, icmp?: string) => {
      if (zone !== undefined) return `${zone}_zone=`;
      return side === undefined ? `icmp_${icmp}=` : `${side}_xlated_ip=${address} ${side}_xlated_port=`;
    });
  let start: string | undefined;
  for (const [, name = '', quoted = ''] of whole.matchAll(PAIR)) {
    const value = quoted.startsWith('"') ? quoted.slice(1, -1) : quoted;
    if (name === 'start_time') start = value;
    if (!READ_APART.has(name)) (FIELDS.get(name) ?? label(name))(draft, value);
  }
  const reason = REASON.exec(whole.slice(-160))?.[1]?.trim();
  draft.text('event.reason', reason);
  event['event.category'] = 'network';
  event['event.type'] = event['event.action'] === 'permit' ? (reason === 'Creation' ? 'start' : 'end') : 'denied';
  if (event['event.type'] !== 'end') draft.drop('event.duration');
  addTotals(draft);
  dropUntranslated(draft);
  return start;
}
