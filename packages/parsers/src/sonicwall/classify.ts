import type { EventDraft } from '../event/draft.ts';
import { verdictOf } from '../values/verdict.ts';

interface Kind {
  readonly category: string;
  readonly type: string;
  readonly action?: string;
  readonly outcome?: string;
}

const kinds = (ids: string, kind: Kind) => ids.split(' ').map((id) => [id, kind] as const);
const NETWORK = 'network';
const LOGIN = { category: 'authentication', type: 'start' };

/** Message ids (`m=`) whose kind is certain (SonicOS Combined Log Events Reference Guide). */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...kinds('98', { category: NETWORK, type: 'start', action: 'connection opened' }),
  ...kinds('537 1153', { category: NETWORK, type: 'end', action: 'connection closed' }),
  ...kinds('97', { category: 'web', type: 'allowed', action: 'web site hit' }),
  ...kinds('14 16', { category: 'web', type: 'denied', action: 'web site access denied' }),
  ...kinds('15', { category: 'web', type: 'allowed', action: 'newsgroup access allowed' }),
  ...kinds('28 33 35 36 37 38 39 40 41 173 174 175 522 523 524 525 533 709 712 713 714 760 1098 1199 1254 1255 1257', {
    category: NETWORK,
    type: 'denied',
  }),
  ...kinds('22 23 25 27 81 82 83 177 178 179 267 446 528 606 609 789 790 794 809 1387', {
    category: 'intrusion_detection',
    type: 'denied',
  }),
  ...kinds('608 795 1389', { category: 'intrusion_detection', type: 'allowed' }),
  ...kinds('29', { ...LOGIN, action: 'administrator login', outcome: 'success' }),
  ...kinds('30 35 759', { ...LOGIN, action: 'administrator login denied', outcome: 'failure' }),
  ...kinds('31 237 238 1080 1341', { ...LOGIN, action: 'user login', outcome: 'success' }),
  ...kinds('32 33 34 246 329 486 549 583 744 745 746 750 754 986 987 988 1035 1081', {
    ...LOGIN,
    action: 'user login denied',
    outcome: 'failure',
  }),
  ...kinds('199 264 265 266 438 439 440 1073 1342 1570', { category: 'authentication', type: 'end', action: 'logout' }),
  ...kinds('235 236 239', { ...LOGIN, outcome: 'success' }),
  ...kinds('1197', { category: NETWORK, type: 'start', action: 'nat mapping' }),
  ...kinds('1109', { category: NETWORK, type: 'start', action: 'assigned' }),
  ...kinds('1110', { category: NETWORK, type: 'end', action: 'released' }),
  ...kinds('1382 1383', { category: 'configuration', type: 'change' }),
]);
const WORDS: readonly (readonly [RegExp, Kind])[] = [
  [
    /log(?:in|on)\b.{0,40}(?:denied|failed|incorrect|bad|expired|locked)|authentication fail/i,
    { ...LOGIN, outcome: 'failure' },
  ],
  [/log(?:in|on)\b.{0,40}(?:allowed|success|accepted)|\blogged in\b/i, { ...LOGIN, outcome: 'success' }],
  [/log(?:ged)? ?(?:out|off)\b|session (?:terminated|ended|expired)/i, { category: 'authentication', type: 'end' }],
  [/\b(?:dropped|denied|blocked|rejected|prevented|prevention alert)\b/i, { category: NETWORK, type: 'denied' }],
  [/\ballowed\b/i, { category: NETWORK, type: 'allowed' }],
];
/** The text is looked at no further than this. */
const MAX_MESSAGE = 256;

/** Sets category, type, action and outcome from the message's id, what the firewall did, and its words. */
export function classifySonicwall(draft: EventDraft, message: string, firewallAction: string): void {
  const { event } = draft;
  const words = message.slice(0, MAX_MESSAGE);
  const hasAddress = event['source.ip'] !== undefined || event['destination.ip'] !== undefined;
  const kind = KINDS.get(event['event.code'] ?? '') ?? WORDS.find(([pattern]) => pattern.test(words))?.[1];
  event['event.category'] = kind?.category ?? (hasAddress ? NETWORK : 'host');
  event['event.type'] = verdictOf(firewallAction) === 'denied' ? 'denied' : (kind?.type ?? 'info');
  if (event['event.code'] === '1109' || event['event.code'] === '1110') event['network.protocol'] = 'dhcp';
  if (kind?.outcome !== undefined) event['event.outcome'] = kind.outcome;
  const said = words.split(/[:"']/, 1)[0]?.trim();
  const done = firewallAction === '' || firewallAction === 'NA' ? said : firewallAction;
  draft.lower('event.action', kind?.action ?? done);
}
