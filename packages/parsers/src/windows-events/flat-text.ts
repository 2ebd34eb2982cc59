import type { SyslogHeader } from '../syslog/header.ts';
import type { WindowsEvent } from './event-data.ts';
import { readSentences } from './sentences.ts';

/** Eventlog to Syslog (evtsys): `Security-Auditing: 4624: AUDIT_SUCCESS An account was successfully logged on. …`, the source as tag. */
const EVTSYS = /(\d{1,5}): (AUDIT_SUCCESS|AUDIT_FAILURE) (?=.)/y;
/** NXLog's to_syslog_bsd(): source and process as tag, and no id, which the first sentence stands for. */
const SOURCE = /^(?:Microsoft-Windows-)?Security-Auditing$/i;
/** learn.microsoft.com, "Appendix L: Events to Monitor": how messages begin. */
const SENTENCES: readonly (readonly [words: string, id: string])[] = [
  ['An account was successfully logged on', '4624'],
  ['An account failed to log on', '4625'],
  ['An account was logged off', '4634'],
  ['User initiated logoff', '4647'],
  ['A logon was attempted using explicit credentials', '4648'],
  ['Special privileges assigned to new logon', '4672'],
  ['A user account was created', '4720'],
  ['A user account was enabled', '4722'],
  ["An attempt was made to change an account's password", '4723'],
  ["An attempt was made to reset an account's password", '4724'],
  ['A user account was disabled', '4725'],
  ['A user account was deleted', '4726'],
  ['A user account was locked out', '4740'],
  ['A user account was unlocked', '4767'],
  ['A Kerberos authentication ticket (TGT) was requested', '4768'],
  ['A Kerberos service ticket was requested', '4769'],
  ['Kerberos pre-authentication failed', '4771'],
  ['The computer attempted to validate the credentials for an account', '4776'],
  ['Network Policy Server granted access to a user', '6272'],
  ['Network Policy Server denied access to a user', '6273'],
];

function idOf(
  text: string,
  at: number,
  header: SyslogHeader,
): { readonly id: string; readonly at: number } | undefined {
  EVTSYS.lastIndex = at;
  const m = EVTSYS.exec(text);
  if (m) return { id: m[1] as string, at: EVTSYS.lastIndex };
  if (header.appname === undefined || !SOURCE.test(header.appname)) return undefined;
  const found = SENTENCES.find(([words]) => text.startsWith(words, at));
  return found && { id: found[1], at };
}

export function isFlatText(text: string, at: number, header: SyslogHeader): boolean {
  return idOf(text, at, header) !== undefined;
}

/** An event of the security log whose message is one line of text. */
export function readFlatText(text: string, at: number, header: SyslogHeader): WindowsEvent | undefined {
  const found = idOf(text, at, header);
  if (!found) return undefined;
  const data = new Map<string, string>();
  readSentences(text.slice(found.at, found.at + 16_384), data);
  const { hostname, appname } = header;
  return {
    id: found.id,
    channel: 'Security',
    computer: hostname,
    provider: appname,
    time: undefined,
    data,
    cut: false,
  };
}
