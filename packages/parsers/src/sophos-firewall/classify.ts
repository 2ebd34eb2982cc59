import type { EventDraft } from '../event/draft.ts';
import { classifyEvent } from './classify-event.ts';
import type { SophosKind } from './kind.ts';

/** `log_type` in lower case. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['firewall', 'network'],
  ['content filtering', 'web'],
  ['web filter', 'web'],
  ['application filter', 'network'],
  ['idp', 'intrusion_detection'],
  ['ips', 'intrusion_detection'],
  ['anti-virus', 'malware'],
  ['atp', 'malware'],
  ['advanced threat protection', 'malware'],
  ['active threat response', 'malware'],
  ['sandbox', 'malware'],
  ['sandstorm', 'malware'],
  ['zero-day protection', 'malware'],
  ['anti-spam', 'email'],
  ['email', 'email'],
  ['waf', 'web'],
  ['sd-wan', 'network'],
  ['ssl', 'network'],
  ['ssl/tls inspection', 'network'],
  ['wireless protection', 'network'],
  ['heartbeat', 'host'],
  ['system health', 'host'],
]);
/** `log_subtype` in lower case. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['allowed', 'allowed'],
  ['clean', 'allowed'],
  ['detect', 'allowed'],
  ['alert', 'allowed'],
  ['warned', 'allowed'],
  ['decrypt', 'allowed'],
  ['do not decrypt', 'allowed'],
  ['denied', 'denied'],
  ['drop', 'denied'],
  ['reject', 'denied'],
  ['virus', 'denied'],
  ['pua', 'denied'],
  ['spam', 'denied'],
  ['dos', 'denied'],
  ['dlp', 'denied'],
]);
/** `spamaction` in lower case: it decides, whatever the mail was taken for. */
const MAILS: ReadonlyMap<string, string> = new Map([
  ['accept', 'allowed'],
  ['queued', 'allowed'],
  ['prefix subject', 'allowed'],
  ['change recipient', 'allowed'],
  ['drop', 'denied'],
  ['reject', 'denied'],
  ['tmpreject', 'denied'],
  ['quarantine', 'denied'],
]);
const CONNECTIONS: ReadonlyMap<string, string> = new Map([
  ['start', 'start'],
  ['stop', 'end'],
  ['interim', 'info'],
]);

/** Sets category, type, action and outcome. */
export function classifySophos(draft: EventDraft, kind: SophosKind): void {
  const { event } = draft;
  const logType = kind.logType.toLowerCase();
  if (logType === 'event') {
    classifyEvent(draft, kind);
    return;
  }
  const subtype = kind.subtype.toLowerCase();
  const isApplication = kind.component.toLowerCase() === 'application';
  event['event.category'] = isApplication ? 'network' : (CATEGORIES.get(logType) ?? 'host');
  const known = subtype === '' && logType === 'waf' ? wafVerdict(event['event.reason']) : TYPES.get(subtype);
  const verdict = event['event.category'] === 'email' ? (MAILS.get(kind.mail.toLowerCase()) ?? known) : known;
  const connection = verdict === 'denied' ? undefined : CONNECTIONS.get(kind.connection.toLowerCase());
  event['event.type'] = connection ?? verdict ?? 'info';
  draft.lower('event.action', subtype === '' ? verdict : subtype);
}

/** The web application firewall tells by a reason that it has stopped a request. */
function wafVerdict(reason: string | undefined): string {
  return reason === undefined ? 'allowed' : 'denied';
}
