import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { levelWord } from '../syslog/severity.ts';

/** What an ISE message is about. Further parts of a message are remarks: a sign-in is told once. */
export function setMeaning(
  draft: EventDraft,
  category: string,
  kind: string | undefined,
  said: string,
  attributes: ReadonlyMap<string, string>,
): void {
  if (kind === undefined) {
    setKind(draft, /Auth|Failed|Accounting/.test(category) ? 'authentication' : 'host', 'info', category);
    return;
  }
  const status = attributes.get('Acct-Status-Type') ?? said;
  if (category.startsWith('Passed_Auth')) setKind(draft, 'authentication', 'start', said, 'success');
  else if (category === 'Failed_Attempts') setKind(draft, 'authentication', 'start', said, 'failure');
  else if (/Accounting$/.test(category))
    setKind(draft, 'session', /\bstart\b/i.test(status) ? 'start' : /\bstop\b/i.test(status) ? 'end' : 'info', said);
  else if (/^(?:Administrator-Login|MyDevices|Guest)$/.test(kind)) setSignIn(draft, said);
  else if (kind === 'Configuration-Changes') setKind(draft, 'configuration', 'change', said);
  else setKind(draft, 'host', 'info', said);
}

function setSignIn(draft: EventDraft, said: string): void {
  if (/logged (?:off|out)/i.test(said)) setKind(draft, 'authentication', 'end', said);
  else if (/fail|reject|denied|unsuccess/i.test(said)) setKind(draft, 'authentication', 'start', said, 'failure');
  else if (/logged in|authenticat/i.test(said)) setKind(draft, 'authentication', 'start', said, 'success');
  else setKind(draft, 'authentication', 'info', said);
}

/** `CISE_Alarm WARN: EAP Connection Timeout : Server=ise-1; NAS IP Address=10.1.1.2` */
const ALARM = /\bCISE_Alarm ([A-Z]{3,8}) ?: ([^:=;]{1,128}?) ?(?:: ?(.{0,1024}))?$/;
const MAX_PAIRS = 16;

/** One of the alarms that ISE sends besides its messages, which have no numbers. False: it is none. */
export function readAlarm(text: string, draft: EventDraft): boolean {
  const m = ALARM.exec(text);
  if (!m) return false;
  const [, level = '', name = '', rest = ''] = m;
  draft.text('log.level', levelWord(level));
  draft.label('category', 'Alarm');
  setKind(draft, 'host', /^(?:ERR|CRIT|FATAL)/.test(level) ? 'error' : 'info', name);
  for (const part of rest.split('; ', MAX_PAIRS)) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const [key, value] = [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    if (key === 'Calling Station Id') draft.mac('source.mac', value);
    else if (/^(?:Failure Reason|Error Message|Cause)$/.test(key)) draft.text('event.reason', value);
    else draft.label(key.replaceAll(' ', '_'), value);
  }
  return true;
}

/** What sshd of ISE says: `Accepted password for admin from 10.1.1.9 port 36953 ssh2`. */
const SSH = /(?:password|publickey) for (?:invalid user )?(\S{1,128}) from ([\da-fA-F.:]{2,45}) port (\d{1,5})/;

export function readShellSignIn(said: string, draft: EventDraft): void {
  const m = SSH.exec(said.slice(0, 512));
  if (!m) return;
  draft.text('user.name', m[1]);
  draft.ip('source.ip', m[2]);
  draft.port('source.port', m[3]);
}
