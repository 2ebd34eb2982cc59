import type { EventDraft } from '../event/draft.ts';
import type { FortigateKind } from './kind.ts';

/** Somebody or something signs in (FortiOS Log Message Reference, event logs: user, vpn, system, wireless). */
const LOGINS = new Set([
  'login',
  'tunnel-up',
  'authentication',
  'fsso-logon',
  'fsso-logon-failed',
  'auth-logon',
  'auth-req',
  'ssl-login',
  'ssl-login-fail',
  'ssl-web-pass',
  'ssl-web-deny',
  'client-authentication',
  'user-sign-on-success',
  'user-sign-on-failure',
  'user-sign-on',
  'radius-auth',
  'radius-auth-success',
  'radius-auth-failure',
  'wifi-login',
  'captive-portal-login',
  '802.1x-auth-success',
  '802.1x-auth-failure',
  'auth-success',
  'auth-failure',
  'rsso-logon',
  'ppp-up',
]);
const LOGOUTS = new Set([
  'logout',
  'tunnel-down',
  'ssl-exit',
  'fsso-logoff',
  'auth-logout',
  'ssl-exit-fail',
  'ssl-exit-error',
  'ssl-web-close',
  'client-deauthentication',
  'client-disassociation',
  'client-disconnected-by-wtp',
  'client-leave-wtp',
  'user-sign-off',
  'rsso-logoff',
  'ppp-down',
]);
const CHANGES = new Map([
  ['add', 'creation'],
  ['set', 'change'],
  ['edit', 'change'],
  ['delete', 'deletion'],
  ['move', 'change'],
  ['clone', 'creation'],
  ['rename', 'change'],
]);
/** Tunnels and connections in which nobody has signed in. */
const CONNECTIONS = new Map([
  ['ssl-new-con', 'start'],
  ['phase1-up', 'start'],
  ['phase1-down', 'end'],
  ['phase2-up', 'start'],
  ['phase2-down', 'end'],
]);
/** FortiClients that register with the firewall. */
const ENDPOINTS = new Map([
  ['add', 'start'],
  ['close', 'end'],
  ['connection-add', 'start'],
  ['connection-close', 'end'],
]);
const FAILED = /fail|denied|deny|timed_out|timed-out|error|negotiate_error/;
const LEASE_TYPES = new Map([
  ['ack', 'start'],
  ['release', 'end'],
  ['expire', 'end'],
  ['expired', 'end'],
  ['nak', 'denied'],
  ['decline', 'denied'],
]);
const LEASE_ACTIONS = new Map([
  ['ack', 'assigned'],
  ['release', 'released'],
  ['expire', 'expired'],
]);

/** Category, type and outcome of a record of type `event`. */
export function classifyEvent(draft: EventDraft, kind: FortigateKind, action: string): void {
  const { event } = draft;
  if (kind.dhcpMessage !== '') {
    classifyLease(draft, kind);
    return;
  }
  draft.text('host.name', kind.hostname);
  if (kind.subtype === 'vpn') movePeer(draft);
  event['event.category'] = kind.subtype === 'vpn' || kind.subtype === 'wireless' ? 'network' : 'host';
  event['event.type'] = event['log.level'] === 'error' || event['log.level'] === 'critical' ? 'error' : 'info';
  const status = kind.status.toLowerCase();
  const failed = FAILED.test(`${status} ${action}`);
  const connection = (kind.subtype === 'endpoint' ? ENDPOINTS : CONNECTIONS).get(action);
  if (status === 'locked') {
    event['event.category'] = 'authentication';
    event['event.type'] = 'denied';
    event['event.outcome'] = 'failure';
  } else if (LOGINS.has(action) && status !== 'timed_out') {
    event['event.category'] = 'authentication';
    event['event.type'] = 'start';
    if (status !== 'pending') event['event.outcome'] = failed ? 'failure' : 'success';
  } else if (LOGOUTS.has(action) || LOGINS.has(action)) {
    event['event.category'] = 'authentication';
    event['event.type'] = 'end';
  } else if (connection !== undefined) event['event.type'] = connection;
  else if (CHANGES.has(action)) {
    event['event.category'] = 'configuration';
    event['event.type'] = CHANGES.get(action) as string;
  } else if (action === 'negotiate' && status !== '') event['event.outcome'] = failed ? 'failure' : 'success';
}

/** Between sites the peer's address, its certificate's subject or the tunnel's name stands where a user's name would. */
function movePeer(draft: EventDraft): void {
  const { event } = draft;
  const user = event['user.name'];
  if (user === undefined) return;
  if (user !== event['source.ip'] && user !== event.labels?.vpntunnel && !/^[A-Z]{1,2} = /.test(user)) return;
  draft.drop('user.name');
  draft.label('peer', user);
}

/** A DHCP Ack gives or renews a lease, a Release ends it; Discover, Offer and Request promise nothing yet. */
function classifyLease(draft: EventDraft, kind: FortigateKind): void {
  const { event } = draft;
  const word = kind.dhcpMessage.toLowerCase();
  event['event.category'] = 'network';
  event['network.protocol'] = 'dhcp';
  event['event.action'] = LEASE_ACTIONS.get(word) ?? word;
  event['event.type'] = LEASE_TYPES.get(word) ?? 'info';
  draft.text('host.name', kind.hostname);
}
