import type { EventDraft } from '../event/draft.ts';
import { verdictOf } from '../values/verdict.ts';

/** What a record is besides its mapped fields. */
export interface CheckPointKind {
  readonly product: string;
  readonly operation: string;
  readonly authStatus: string;
}

/** Blades, by the name their records carry in `product`, in lower case. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['smartdefense', 'intrusion_detection'],
  ['ips', 'intrusion_detection'],
  ['ddos protector', 'intrusion_detection'],
  ['url filtering', 'web'],
  ['anti-bot', 'malware'],
  ['anti bot', 'malware'],
  ['anti-virus', 'malware'],
  ['anti virus', 'malware'],
  ['new anti virus', 'malware'],
  ['anti-malware', 'malware'],
  ['anti malware', 'malware'],
  ['threat emulation', 'malware'],
  ['threat extraction', 'malware'],
  ['anti-spam and email security', 'email'],
  ['anti-spam', 'email'],
  ['mta', 'email'],
  ['dlp', 'file'],
  ['content awareness', 'file'],
  ['system monitor', 'host'],
  ['security gateway/management', 'host'],
  ['compliance blade', 'configuration'],
]);
const LOGINS: ReadonlyMap<string, readonly [type: string, outcome: string | undefined]> = new Map([
  ['log in', ['start', 'success']],
  ['login', ['start', 'success']],
  ['failed log in', ['start', 'failure']],
  ['failed login', ['start', 'failure']],
  ['log out', ['end', undefined]],
  ['logout', ['end', undefined]],
  ['force log out', ['end', undefined]],
]);
/** Actions that neither allow nor deny by their word, but do. */
const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['encrypt', 'allowed'],
  ['decrypt', 'allowed'],
  ['authorize', 'allowed'],
  ['inform user', 'allowed'],
]);
const OPERATIONS: readonly (readonly [start: string, type: string])[] = [
  ['create', 'creation'],
  ['add', 'creation'],
  ['delete', 'deletion'],
  ['remove', 'deletion'],
];

/** Sets category, type and outcome. */
export function classifyCheckPoint(draft: EventDraft, kind: CheckPointKind): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  const login = LOGINS.get(kind.operation.toLowerCase()) ?? LOGINS.get(action);
  if (login !== undefined) {
    event['event.category'] = 'authentication';
    event['event.type'] = login[0];
    if (login[1] !== undefined) event['event.outcome'] = login[1];
    if (kind.operation !== '') event['event.action'] = kind.operation.toLowerCase();
  } else if (kind.operation !== '') {
    const operation = kind.operation.toLowerCase();
    event['event.category'] = 'configuration';
    event['event.action'] = operation;
    event['event.type'] = OPERATIONS.find(([start]) => operation.startsWith(start))?.[1] ?? 'change';
  } else {
    const hasAddress = event['source.ip'] !== undefined || event['destination.ip'] !== undefined;
    event['event.category'] = CATEGORIES.get(kind.product.toLowerCase()) ?? (hasAddress ? 'network' : 'host');
    event['event.type'] = VERDICTS.get(action) ?? verdictOf(action) ?? 'info';
  }
  if (/fail|unsuccessful|denied/i.test(kind.authStatus)) event['event.outcome'] = 'failure';
  else if (/success/i.test(kind.authStatus)) event['event.outcome'] = 'success';
}
