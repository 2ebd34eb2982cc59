import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';

type Pairs = ReadonlyMap<string, string>;

const USER = /\buser (\S{1,128})/;
const CHANGES: readonly (readonly [word: RegExp, type: string])[] = [
  [/insert|create|new|add/, 'creation'],
  [/delete|remove/, 'deletion'],
  [/update|modif|edit|upload|install|restore|import|refresh/, 'change'],
];

/**
 * Audit entries of the Management Center ("Audit log entry fields", NGFW online help): an element or a sign-in by
 * `TypeDescription="stonegate.admin.login"`, with `Result`, `UserOriginator`, `ObjectName` and `ClientIpAddress`.
 */
export function readAudit(draft: EventDraft, pairs: Pairs): void {
  const { event } = draft;
  const kind = (pairs.get('typedescription') ?? '').toLowerCase();
  const result = (pairs.get('result') ?? '').toLowerCase();
  const word = kind.slice(kind.lastIndexOf('.') + 1);
  const isSession = /log(?:in|out|on|off)$/.test(kind);
  const isOut = /log(?:out|off)$/.test(kind);
  const change = CHANGES.find(([mark]) => mark.test(word));
  if (isSession) setKind(draft, 'authentication', isOut ? 'end' : 'start', isOut ? 'logout' : 'login');
  else setKind(draft, change ? 'configuration' : 'host', change?.[1] ?? 'info', kind === '' ? 'audit' : kind);
  if (!isOut && result !== '') event['event.outcome'] = /succ|ok/.test(result) ? 'success' : 'failure';
  draft.text('event.code', kind);
  draft.ip('source.ip', pairs.get('clientipaddress'));
  draft.text('event.reason', pairs.get('infomsg'));
  // The system itself signs people in: who it was stands in the object and the sentence.
  const person = isSession ? (USER.exec(pairs.get('infomsg') ?? '')?.[1] ?? pairs.get('objectname')) : undefined;
  const who = person ?? pairs.get('useroriginator');
  if (who !== undefined && who !== 'System') account(draft, who);
}
