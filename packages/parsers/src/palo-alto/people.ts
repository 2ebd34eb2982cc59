import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import type { RowView } from './row.ts';

/** GlobalProtect events that say who a person is; the others are steps between. */
const LOGINS = new Set([
  'portal-auth',
  'gateway-auth',
  'gateway-register',
  'gateway-connected',
  'gateway-switch-to-ssl',
]);
const LOGOUTS = new Set(['gateway-logout', 'gateway-tunnel-down', 'gateway-disconnected']);

/**
 * GLOBALPROTECT (PAN-OS 9.1.3 and newer). The person sits at `public_ip` and has got `private_ip` inside the tunnel:
 * source.ip is the first, the label `assigned_ip` the second, as for other vendors' VPNs.
 */
export function readGlobalProtect(row: RowView, draft: EventDraft): void {
  const step = row.value('eventid').toLowerCase();
  const category = LOGINS.has(step) || LOGOUTS.has(step) ? 'authentication' : 'network';
  setKind(draft, category, LOGINS.has(step) ? 'start' : LOGOUTS.has(step) ? 'end' : 'info', step || 'unknown');
  const status = row.value('status').toLowerCase();
  if (status === 'success' || status === 'failure') draft.event['event.outcome'] = status;
  else draft.label('status', status);
  draft.ip('source.ip', address(row.value('public_ip')) ?? address(row.value('public_ipv6')));
  draft.label('assigned_ip', address(row.value('private_ip')));
  draft.label('assigned_ipv6', address(row.value('private_ipv6')));
  const duration = row.value('login_duration');
  if (duration !== '0') draft.seconds(duration);
}

/** USERID (a source has told who uses an address) and AUTHENTICATION (authentication policy, portals). */
export function readIdentity(row: RowView, draft: EventDraft): void {
  const said = row.type.startsWith('AUTH') ? row.value('event') : row.subtype;
  const word = said.toLowerCase() || 'unknown';
  if (row.type === 'USERID' && word !== 'login' && word !== 'logout') setKind(draft, 'iam', 'info', word);
  else setKind(draft, 'authentication', word.includes('logout') ? 'end' : 'start', word);
  if (draft.event['event.type'] !== 'start') return;
  draft.event['event.outcome'] = /fail|denied|deny|timeout|timed out|invalid|locked/.test(word) ? 'failure' : 'success';
}

function address(text: string): string | undefined {
  return text === '' || text === '0.0.0.0' || text === '::' ? undefined : text;
}
