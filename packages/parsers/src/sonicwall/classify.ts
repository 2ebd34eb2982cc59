import type { EventDraft } from '../event/draft.ts';
import { dropUntranslated } from '../event/translation.ts';
import { verdictOf } from '../values/verdict.ts';
import { readLease, takeClient } from './lease.ts';

interface Kind {
  readonly category: string;
  readonly type: string;
  readonly action?: string;
  readonly outcome?: string;
}

const kinds = (ids: string, kind: Kind) => ids.split(' ').map((id) => [id, kind] as const);
const NETWORK = 'network';
const LOGIN = { category: 'authentication', type: 'start' };

/** Message ids (`m=`) whose texts do not tell what they are (SonicOS Combined Log Events Reference Guide). */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...kinds('98', { category: NETWORK, type: 'start', action: 'connection opened' }),
  ...kinds('537', { category: NETWORK, type: 'end', action: 'connection closed' }),
  ...kinds('97', { category: 'web', type: 'allowed', action: 'web site hit' }),
  ...kinds('1197', { category: NETWORK, type: 'start', action: 'nat mapping' }),
  ...kinds('22 23 27 81 267 446 528 606 609 790', { category: 'intrusion_detection', type: 'denied' }),
  ...kinds('25 82 83 177 178 179', { category: 'intrusion_detection', type: 'info' }),
  ...kinds('794 809', { category: 'malware', type: 'denied' }),
  ...kinds('795', { category: 'malware', type: 'allowed' }),
  ...kinds('608 789', { category: 'intrusion_detection', type: 'allowed' }),
  ...kinds('1382 1383', { category: 'configuration', type: 'change' }),
]);

/** What the texts of all other messages say, the surest first. */
const WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/^connection opened/i, { category: NETWORK, type: 'start', action: 'connection opened' }],
  [/^connection closed/i, { category: NETWORK, type: 'end', action: 'connection closed' }],
  [/^assigned ip address/i, { category: NETWORK, type: 'start', action: 'assigned' }],
  [/^released ip address/i, { category: NETWORK, type: 'end', action: 'released' }],
  [/\bdhcp\b.{0,80}\b(?:assigned|leased|ack)/i, { category: NETWORK, type: 'start', action: 'assigned' }],
  [/\bdhcp\b.{0,80}\brelease/i, { category: NETWORK, type: 'end', action: 'released' }],
  [/\bdhcp\b.{0,80}\bexpire/i, { category: NETWORK, type: 'end', action: 'expired' }],
  [/\blog(?:in|on)\b.{0,60}\b(?:denied|failed|failure|incorrect|bad|disabled|locked)/i, failed()],
  [/\bauthentication fail/i, failed()],
  [/\bunknown user attempted/i, failed()],
  [/\blog(?:in|on)\b.{0,60}\b(?:allowed|success|accepted)/i, { ...LOGIN, action: 'login', outcome: 'success' }],
  [/\blogged in\b/i, { ...LOGIN, action: 'login', outcome: 'success' }],
  [/\blog(?:ged)? ?(?:out|off)\b/i, { category: 'authentication', type: 'end', action: 'logout' }],
  [/\bweb ?site\b.{0,40}\b(?:denied|blocked)/i, { category: 'web', type: 'denied' }],
  [/\bweb ?site\b/i, { category: 'web', type: 'allowed' }],
  [/\bprevention alert\b/i, { category: 'intrusion_detection', type: 'denied' }],
  [/\bdetection alert\b/i, { category: 'intrusion_detection', type: 'allowed' }],
  [
    /\b(?:virus|spyware|malware|botnet)\b.{0,60}\b(?:blocked|dropped|prevented)/i,
    { category: 'malware', type: 'denied' },
  ],
  [/\b(?:dropped|denied|blocked|rejected|prevented)\b/i, { category: NETWORK, type: 'denied' }],
  [/\ballowed\b/i, { category: NETWORK, type: 'allowed' }],
];
const PORTS = ['source.port', 'destination.port', 'source.nat.port', 'destination.nat.port'] as const;
const STOPPED = /\b(?:den(?:y|ied)|dropped|blocked|rejected)\b/i;
/** The text is looked at no further than this. */
const MAX_MESSAGE = 256;

/** Sets category, type, action and outcome from the message's id, what the firewall did, and its words. */
export function classifySonicwall(draft: EventDraft, message: string, firewallAction: string): void {
  const { event } = draft;
  const words = message.slice(0, MAX_MESSAGE);
  const hasAddress = event['source.ip'] !== undefined || event['destination.ip'] !== undefined;
  // Some senders have the one number for all connections.
  const code = /^connection\b/i.test(words) ? '' : (event['event.code'] ?? '');
  const kind = KINDS.get(code) ?? WORDS.find(([pattern]) => pattern.test(words))?.[1];
  event['event.category'] = kind?.category ?? (hasAddress ? NETWORK : 'host');
  const stopped =
    verdictOf(firewallAction) === 'denied' || (kind?.category !== 'authentication' && STOPPED.test(words));
  event['event.type'] = stopped ? 'denied' : (kind?.type ?? 'info');
  dropUntranslated(draft);
  // ICMP has a type or an id where others have ports.
  if (event['network.transport'] === 'icmp' || event['network.transport'] === 'ipv6-icmp') {
    for (const field of PORTS) draft.drop(field);
  }
  if (/^(?:assigned|released) ip address/i.test(words)) takeClient(draft);
  else if (/\bdhcp\b/i.test(words)) {
    event['network.protocol'] = 'dhcp';
    readLease(draft, words);
  }
  if (kind?.outcome !== undefined) event['event.outcome'] = kind.outcome;
  const said = words.split(/[:"']/, 1)[0]?.trim();
  const done = firewallAction === '' || firewallAction === 'NA' ? said : firewallAction;
  draft.lower('event.action', (stopped ? undefined : kind?.action) ?? done);
}

function failed(): Kind {
  return { ...LOGIN, action: 'login denied', outcome: 'failure' };
}
