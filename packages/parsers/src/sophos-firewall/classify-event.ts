import type { EventDraft } from '../event/draft.ts';
import type { SophosKind } from './kind.ts';

/** Words of `status` in DHCP records, in lower case. */
const LEASES: ReadonlyMap<string, readonly [action: string, type: string]> = new Map([
  ['lease', ['assigned', 'start']],
  ['leased', ['assigned', 'start']],
  ['new', ['assigned', 'start']],
  ['assign', ['assigned', 'start']],
  ['assigned', ['assigned', 'start']],
  ['renew', ['renewed', 'start']],
  ['release', ['released', 'end']],
  ['released', ['released', 'end']],
  ['expire', ['expired', 'end']],
  ['expired', ['expired', 'end']],
]);
/** Tunnels of users and sites. */
const TUNNELS = new Set(['ssl vpn', 'ipsec', 'l2tp', 'pptp', 'red', 'clientless access']);
const UP = new Set(['established', 'connected', 'successful', 'reconnected']);
const DOWN = new Set(['terminated', 'disconnected', 'expire', 'deleted']);
const CHANGES: ReadonlyMap<string, string> = new Map([
  ['added', 'creation'],
  ['created', 'creation'],
  ['deleted', 'deletion'],
  ['removed', 'deletion'],
]);
/** The text is looked at no further than this. */
const MAX_MESSAGE = 256;

/** Category, type, action and outcome of a record of log type `Event`. */
export function classifyEvent(draft: EventDraft, kind: SophosKind): void {
  const { event } = draft;
  const component = kind.component.toLowerCase();
  const status = kind.status.toLowerCase();
  const message = kind.message.slice(0, MAX_MESSAGE).toLowerCase();
  event['event.category'] = 'host';
  event['event.type'] = 'info';
  draft.lower('event.action', status);
  if (component.startsWith('dhcp')) {
    const [action, type] = LEASES.get(status) ?? [status, 'info'];
    event['event.category'] = 'network';
    event['network.protocol'] = 'dhcp';
    draft.text('event.action', action);
    event['event.type'] = type;
  } else if (
    kind.subtype === 'Authentication' ||
    component.endsWith('authentication') ||
    /\blog(?:ged)? ?(?:in|out|on|off)\b|to login\b/.test(message)
  ) {
    setLogin(draft, status, message);
  } else if (TUNNELS.has(component)) {
    event['event.category'] = 'network';
    event['event.type'] = UP.has(status) ? 'start' : DOWN.has(status) ? 'end' : 'info';
    if (component === 'ssl vpn' || component === 'l2tp' || component === 'pptp')
      event['event.category'] = 'authentication';
    if (status === 'failed') {
      event['event.type'] = 'error';
      event['event.outcome'] = 'failure';
    }
  } else if (kind.subtype === 'Admin') {
    const done = /\b(added|created|deleted|removed|changed|updated|enabled|disabled)\b/.exec(message)?.[1];
    event['event.category'] = 'configuration';
    event['event.type'] = CHANGES.get(done ?? '') ?? 'change';
    draft.text('event.action', done);
    event['event.outcome'] = status === 'failed' ? 'failure' : 'success';
  } else if (status === 'failed') event['event.outcome'] = 'failure';
}

function setLogin(draft: EventDraft, status: string, message: string): void {
  const { event } = draft;
  const ended = /\blog(?:ged)? ?(?:out|off)\b/.test(message);
  event['event.category'] = 'authentication';
  event['event.type'] = ended ? 'end' : 'start';
  event['event.action'] = ended ? 'logout' : 'login';
  if (!ended) event['event.outcome'] = status === 'failed' || status === 'failure' ? 'failure' : 'success';
}
