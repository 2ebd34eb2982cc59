import type { EventDraft } from '../event/draft.ts';
import { verdictOf } from '../values/verdict.ts';

/** `sub=` of a record. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['packetfilter', 'network'],
  ['http', 'web'],
  ['httpproxy', 'web'],
  ['reverseproxy', 'web'],
  ['waf', 'web'],
  ['ips', 'intrusion_detection'],
  ['atp', 'malware'],
  ['smtp', 'email'],
  ['pop3', 'email'],
  ['ftp', 'network'],
  ['afc', 'network'],
  ['auth', 'authentication'],
  ['vpn', 'network'],
  ['webadmin', 'configuration'],
  ['confd', 'configuration'],
  ['up2date', 'host'],
]);

/** Sets category, type and outcome from the part of the UTM, what it did, and the record's name. */
export function classifyUtm(draft: EventDraft, sub: string, name: string): void {
  const { event } = draft;
  const words = name.slice(0, 256).toLowerCase();
  const action = event['event.action'] ?? '';
  draft.lower('event.action', action === '' ? words : action);
  event['event.category'] = CATEGORIES.get(sub) ?? 'host';
  event['event.type'] = verdictOf(action) ?? (action === 'warn' ? 'allowed' : 'info');
  if (sub === 'auth' || /\blog(?:in|out)\b|\bauthentication\b|\blogged (?:in|out)\b/.test(words)) {
    const ended = /\blog(?:ged )?out\b/.test(words);
    event['event.category'] = 'authentication';
    event['event.type'] = ended ? 'end' : 'start';
    if (/fail|denied|unsuccess|wrong|invalid/.test(words)) event['event.outcome'] = 'failure';
    else if (/success|logged in/.test(words)) event['event.outcome'] = 'success';
  } else if (sub === 'vpn') {
    event['event.type'] = /started|established|up\b/.test(words)
      ? 'start'
      : /ended|terminated|down\b/.test(words)
        ? 'end'
        : 'info';
    if (event['user.name'] !== undefined) event['event.category'] = 'authentication';
  } else if (sub === 'reverseproxy') {
    const status = event['http.response.status_code'];
    event['event.type'] = status === 403 && event['event.reason'] !== undefined ? 'denied' : 'allowed';
  } else if (event['event.category'] === 'email' && action === '') {
    if (/passed|delivered|released/.test(words)) event['event.type'] = 'allowed';
    else if (/reject|quarantine|block|drop/.test(words)) event['event.type'] = 'denied';
  } else if (event['event.category'] === 'configuration') event['event.type'] = 'change';
}
