import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** Lease events of DHCPSERVER; the others promise nothing. */
const LEASES: ReadonlyMap<string, readonly [action: string, type: string]> = new Map([
  ['client_bound', ['assigned', 'start']],
  ['client_renewed', ['assigned', 'start']],
  ['released_by_client', ['released', 'end']],
  ['lease_timeout', ['expired', 'end']],
  ['lease_timed_out', ['expired', 'end']],
  ['declined_by_client', ['declined', 'end']],
]);
const SECURITY = new Set([
  'IDP',
  'IDPUPDATE',
  'ANTIVIRUS',
  'THRESHOLD',
  'SYNFLOOD',
  'BLACKLIST',
  'IPREPUTATION',
  'ZONEDEFENSE',
  'BOTNET',
  'DOS',
  'SCANNER',
]);
const DENIES = /drop|reject|deny|denied|block|discard/;

/**
 * Category, type and action of a message, from its category (`CONN`), its name (`conn_open_natsat`) and what was done
 * (`action=drop`).
 */
export function classify(draft: EventDraft, category: string, name: string, done: string): void {
  const { event } = draft;
  const action = name === '' ? done : name;
  if (category.startsWith('DHCPSERVER') || category === 'DHCPV6SERVER') {
    const [word, type] = LEASES.get(name) ?? [name, 'info'];
    setKind(draft, 'network', type, word);
    event['network.protocol'] = 'dhcp';
    return;
  }
  if (isPerson(category, name)) {
    classifyPerson(draft, name);
    return;
  }
  const isConnection = /^conn_|^flow_|^connection_/.test(name);
  const isOver = name === 'application_end';
  const type = isOver
    ? 'end'
    : isConnection
      ? connectionType(name, done)
      : DENIES.test(done)
        ? 'denied'
        : done === 'allow'
          ? 'allowed'
          : 'info';
  const isTraffic = isConnection || event['source.ip'] !== undefined;
  setKind(draft, isTraffic ? 'network' : 'host', type, action);
  if (event['url.original'] !== undefined) event['event.category'] = 'web';
  if (SECURITY.has(category)) event['event.category'] = category === 'ANTIVIRUS' ? 'malware' : 'intrusion_detection';
  if (type === 'info' && /emergency|alert|critical|error/.test(event['log.level'] ?? '')) event['event.type'] = 'error';
  if (name.endsWith('_failed') && event['event.type'] === 'info') {
    event['event.type'] = 'error';
    event['event.outcome'] = 'failure';
  }
  if (name.includes('configuration') || name.includes('reconf')) event['event.category'] = 'configuration';
}

function connectionType(name: string, done: string): string {
  if (/open/.test(name)) return DENIES.test(done) ? 'denied' : 'start';
  return /close|timeout/.test(name) ? 'end' : 'info';
}

function isPerson(category: string, name: string): boolean {
  return (
    category === 'USERAUTH' ||
    /^(?:admin|user)_(?:login|logout|logged|timeout|disconnected)/.test(name) ||
    name === 'bad_user_credentials' ||
    /^(?:oneconnect|sesmgr)_session_/.test(name)
  );
}

/** `user_login`, `user_logout`, `user_timeout`, `bad_user_credentials`, `admin_login_failed` … */
function classifyPerson(draft: EventDraft, name: string): void {
  if (/fail|bad_|denied|reject|invalid|not_allowed|error/.test(name))
    setKind(draft, 'authentication', 'start', name, 'failure');
  else if (/logout|timeout|disconnect|removed|closed/.test(name)) setKind(draft, 'authentication', 'end', name);
  else if (/login|logged_in|authenticated|session_created|reconnected/.test(name))
    setKind(draft, 'authentication', 'start', name, 'success');
  else setKind(draft, 'authentication', 'info', name);
}
