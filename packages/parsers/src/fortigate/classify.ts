import type { EventDraft } from '../event/draft.ts';

/** What a FortiOS record is, besides its mapped fields. */
export interface FortigateKind {
  readonly type: string;
  readonly subtype: string;
  readonly status: string;
  readonly hostname: string;
  readonly dhcpMessage: string;
}

/** utm actions that let the traffic through; all others stop it. */
const UTM_PASSES = new Set([
  'pass',
  'passthrough',
  'allow',
  'allowed',
  'detected',
  'monitored',
  'log-only',
  'exempt',
  'analytics',
  'permit',
  'filtered',
]);
const UTM_CATEGORIES = new Map([
  ['webfilter', 'web'],
  ['ips', 'intrusion_detection'],
  ['anomaly', 'intrusion_detection'],
  ['virus', 'malware'],
]);
/** Actions of traffic records that aren't the end of a session. */
const TRAFFIC_TYPES = new Map([
  ['deny', 'denied'],
  ['accept', 'allowed'],
  ['start', 'start'],
]);
const LOGINS = new Set([
  'login',
  'tunnel-up',
  'ssl-new-con',
  'authentication',
  'fsso-logon',
  'auth-logon',
  'ssl-login',
  'ssl-login-fail',
]);
const LOGOUTS = new Set([
  'logout',
  'tunnel-down',
  'ssl-exit',
  'fsso-logoff',
  'auth-logout',
  'ssl-exit-fail',
  'ssl-exit-error',
]);
const CHANGES = new Map([
  ['add', 'creation'],
  ['edit', 'change'],
  ['delete', 'deletion'],
  ['move', 'change'],
]);

/** Sets category, type and outcome, and gives the record's host name its place. */
export function classify(draft: EventDraft, kind: FortigateKind): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  if (kind.type === 'traffic') {
    event['event.category'] = 'network';
    event['event.type'] = TRAFFIC_TYPES.get(action) ?? (action === '' ? 'info' : 'end');
  } else if (kind.type === 'utm') {
    event['event.category'] = UTM_CATEGORIES.get(kind.subtype) ?? 'network';
    event['event.type'] = action === '' ? 'info' : UTM_PASSES.has(action) ? 'allowed' : 'denied';
    draft.text('url.domain', kind.hostname);
    draft.text('destination.domain', kind.hostname);
  } else classifyEvent(draft, kind, action);
}

function classifyEvent(draft: EventDraft, kind: FortigateKind, action: string): void {
  const { event } = draft;
  if (kind.dhcpMessage !== '') {
    classifyLease(draft, kind);
    return;
  }
  draft.text('host.name', kind.hostname);
  event['event.category'] = 'host';
  event['event.type'] = event['log.level'] === 'error' || event['log.level'] === 'critical' ? 'error' : 'info';
  if (LOGINS.has(action)) {
    event['event.category'] = 'authentication';
    event['event.type'] = 'start';
    event['event.outcome'] = /fail|denied|timed_out/.test(`${kind.status} ${action}`) ? 'failure' : 'success';
  } else if (LOGOUTS.has(action)) {
    event['event.category'] = 'authentication';
    event['event.type'] = 'end';
  } else if (CHANGES.has(action)) {
    event['event.category'] = 'configuration';
    event['event.type'] = CHANGES.get(action) as string;
  } else if (kind.subtype === 'vpn') event['event.category'] = 'network';
}

/** A DHCP Ack gives or renews a lease, a Release ends it; Discover, Offer and Request promise nothing yet. */
function classifyLease(draft: EventDraft, kind: FortigateKind): void {
  const { event } = draft;
  const word = kind.dhcpMessage.toLowerCase();
  event['event.category'] = 'network';
  event['network.protocol'] = 'dhcp';
  event['event.action'] = word === 'ack' ? 'assigned' : word === 'release' ? 'released' : word;
  event['event.type'] = word === 'ack' ? 'start' : word === 'release' ? 'end' : 'info';
  draft.text('host.name', kind.hostname);
}
