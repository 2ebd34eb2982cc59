import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';
import { ADDRESS, type IosReader } from './messages.ts';

const CONFIGURED = new RegExp(
  String.raw`^Configured from (\S{1,64})(?: by (\S{1,128}))?(?: on (\S{1,64}))?(?: \((${ADDRESS})\))?`,
);
/** %SYS-5-CONFIG_I */
export const readConfigured: IosReader = (text, draft) => {
  const m = CONFIGURED.exec(text);
  if (!m) return false;
  setKind(draft, 'configuration', 'change', 'configured');
  // `by vty1 (10.1.1.5)`: nobody signed in.
  const isLine = m[2] !== undefined && /^(?:vty|tty|console|aux)\d{0,4}$/.test(m[2]);
  if (!isLine) draft.text('user.name', m[2]);
  draft.label('line', m[3] ?? (isLine ? m[2] : m[1]));
  draft.ip('source.ip', m[4]);
  return true;
};

const LOGGED_COMMAND = /^User:(\S{1,128}) {1,2}logged command:(.{0,512})/;
/** %PARSER-5-CFGLOG_LOGGEDCMD */
export const readLoggedCommand: IosReader = (text, draft) => {
  const m = LOGGED_COMMAND.exec(text);
  if (!m) return false;
  setKind(draft, 'configuration', 'change', 'logged command');
  draft.text('user.name', m[1]);
  draft.label('command', m[2]);
  return true;
};

const UPDOWN = /^(?:Line protocol on )?Interface (\S{1,64}), changed state to (administratively down|up|down)/i;
/** %LINK-3-UPDOWN, %LINK-5-CHANGED, %LINEPROTO-5-UPDOWN */
export const readLink: IosReader = (text, draft) => {
  const m = UPDOWN.exec(text);
  if (!m) return false;
  const state = (m[2] as string).toLowerCase();
  setKind(draft, 'network', state === 'down' ? 'error' : 'info', state);
  draft.text('observer.ingress.interface.name', m[1]);
  return true;
};

const BRACKETED = /\[([A-Za-z]{1,16}): ?([^\]]{0,128})\]/g;
/** %SEC_LOGIN-5-LOGIN_SUCCESS, %SEC_LOGIN-4-LOGIN_FAILED: `Login Success [user: u] [Source: a] [localport: 22] at …` */
export const readLogin: IosReader = (text, draft) => {
  const m = /^Login (Success|failed)/i.exec(text);
  if (!m) return false;
  const succeeded = (m[1] as string).toLowerCase() === 'success';
  setKind(draft, 'authentication', 'start', succeeded ? 'login' : 'login failed');
  draft.event['event.outcome'] = succeeded ? 'success' : 'failure';
  readBracketed(text, draft);
  return true;
};

/** %SEC_LOGIN-1-QUIET_MODE_ON: `Still timeleft for watching failures is 24 secs, [user: u] [Source: a] … [ACL: sl_def_acl] at …` */
export const readQuietMode: IosReader = (text, draft) => {
  if (!text.startsWith('Still timeleft for watching failures is ')) return false;
  setKind(draft, 'authentication', 'denied', 'quiet mode');
  readBracketed(text, draft);
  return true;
};

function readBracketed(text: string, draft: EventDraft): void {
  for (const [, name, value] of text.slice(0, 1024).matchAll(BRACKETED)) {
    if (name === 'user') draft.text('user.name', value);
    else if (name === 'Source' && value !== '0.0.0.0') setPlace(draft, value as string);
    else if (name === 'localport' && value !== '0') draft.port('destination.port', value);
    else if (name === 'Reason') draft.text('event.reason', value);
    else if (name === 'ACL') draft.text('rule.name', value);
  }
}

/** An address, or `LOCAL` for the console. */
function setPlace(draft: EventDraft, value: string): void {
  if (canonicalIp(value) === undefined) draft.label('line', value);
  else draft.ip('source.ip', value);
}

const LOGOUT = new RegExp(String.raw`^User (\S{1,128}) has exited tty session (\d{1,6})\((${ADDRESS})\)`);
/** %SYS-6-LOGOUT */
export const readLogout: IosReader = (text, draft) => {
  const m = LOGOUT.exec(text);
  if (!m) return false;
  setKind(draft, 'authentication', 'end', 'logout');
  draft.text('user.name', m[1]);
  draft.label('line', m[2]);
  draft.ip('source.ip', m[3]);
  return true;
};
