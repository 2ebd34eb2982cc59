import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { setPeer } from './sshd.ts';

/** `Password auth succeeded for 'root' from 10.0.0.5:51514`, `Bad password attempt for 'root' from …` */
const DROPBEAR_ATTEMPT =
  /^(Password auth succeeded|PAM password auth succeeded|Pubkey auth succeeded|Bad (?:PAM )?password attempt|Login attempt for nonexistent user|Login attempt with wrong user|Max auth tries reached - user) (?:for )?'([^']{0,128})'(?: with (?:key )?([^ ]{1,128})(?: key)?)?(?:.{0,64}? from <?([\da-fA-F.:[\]]{2,60}))?/i;
const DROPBEAR_NAMELESS = /^(Login attempt for nonexistent user) from ([\da-fA-F.:[\]]{2,60})/i;
const DROPBEAR_CONNECTION = /^(Child connection) from ([\da-fA-F.:[\]]{2,60})/;
/** `Exit before auth from <203.0.113.9:40001>: (user 'root', 10 fails): Max auth tries reached - user 'root'`, older: the peer last */
const DROPBEAR_GIVEN_UP =
  /^Exit before auth(?: from <([\da-fA-F.:[\]]{2,60})>)?:? \(user '([^']{0,128})', \d{1,5} fails\): (.{1,128}?)(?: - user '[^']{0,128}')?(?: from ([\da-fA-F.:[\]]{2,60}))?$/;
const DROPBEAR_EXIT = /^Exit (?:\(([^)]{1,128})\)|before auth)(?: from <([\da-fA-F.:[\]]{2,60})>)?(?:: ?(.{1,128}))?/;

/** Dropbear's SSH server (svr-authpasswd.c, svr-session.c): small routers and OpenWrt. */
export function readDropbear(text: string, draft: EventDraft): boolean {
  draft.event['network.protocol'] = 'ssh';
  const given = DROPBEAR_GIVEN_UP.exec(text);
  if (given) {
    setKind(draft, 'authentication', 'start', 'login failure', 'failure');
    draft.text('user.name', given[2]);
    setAddress(draft, given[1] ?? given[4]);
    draft.text('event.reason', given[3]?.toLowerCase());
    return true;
  }
  const m = DROPBEAR_ATTEMPT.exec(text);
  if (m) {
    const done = (m[1] as string).endsWith('succeeded');
    setKind(draft, 'authentication', 'start', done ? 'login' : 'login failure', done ? 'success' : 'failure');
    draft.text('user.name', m[2]);
    draft.label('key', m[3]);
    setAddress(draft, m[4]);
    draft.text('event.reason', done ? undefined : (m[1] as string).toLowerCase());
    return true;
  }
  const nameless = DROPBEAR_NAMELESS.exec(text);
  const other = nameless ?? DROPBEAR_CONNECTION.exec(text);
  if (other) {
    if (nameless) setKind(draft, 'authentication', 'start', 'login failure', 'failure');
    else setKind(draft, 'network', 'info', 'connection');
    setAddress(draft, other[2]);
    return true;
  }
  const exit = DROPBEAR_EXIT.exec(text);
  if (!exit) return false;
  setKind(draft, 'authentication', exit[1] === undefined ? 'info' : 'end', 'exit');
  draft.text('user.name', exit[1]);
  setAddress(draft, exit[2]);
  draft.text('event.reason', exit[3]);
  return true;
}

function setAddress(draft: EventDraft, text: string | undefined): void {
  if (text === undefined) return;
  const endpoint = readEndpoint(text, true);
  draft.ip('source.ip', endpoint?.ip ?? text);
  draft.port('source.port', endpoint?.port);
}

/** `ROOT LOGIN ON tty1 FROM 10.0.0.5`, `LOGIN ON tty1 BY ayse FROM gw`, `FAILED LOGIN (1) on '/dev/tty1' FOR 'root', …` */
const LOGIN = /^(?:(ROOT) LOGIN|LOGIN) ?ON ([^ ]{1,64})(?: BY ([^ ]{1,128}))?(?: FROM ([^ ]{1,255}))?$/i;
const FAILED_LOGIN =
  /^(?:\d{1,6} )?(?:FAILED LOGIN|LOGIN FAILURE|FAILED LOGIN SESSION|INCORRECT PASSWORD|invalid password)S? ?(?:\(?\d{0,6}\)?)(?: on '?([^' ]{1,64})'?)?(?: FROM ([^ ,]{1,255}))?(?: FOR '?([^',]{1,128})'?)?(?:, (.{1,128}))?/i;

/** login(1), of Linux and the BSDs, busybox included. */
export function readLogin(text: string, draft: EventDraft): boolean {
  const m = LOGIN.exec(text);
  if (m) {
    setKind(draft, 'authentication', 'start', 'login', 'success');
    draft.text('user.name', m[3] ?? m[1]?.toLowerCase());
    draft.label('tty', m[2]);
    setPeer(draft, m[4], undefined);
    return true;
  }
  const failed = FAILED_LOGIN.exec(text);
  if (!failed) return false;
  setKind(draft, 'authentication', 'start', 'login', 'failure');
  draft.label('tty', failed[1]);
  setPeer(draft, failed[2], undefined);
  draft.text('user.name', failed[3]);
  draft.text('event.reason', failed[4]);
  return true;
}

const SESSION = /^(New session|Session) ([\w-]{1,32})(?: of user (.{1,128}?)\.?$| logged out)/;
const REMOVED = /^Removed session ([\w-]{1,32})\.?$/;

/** systemd-logind: opening and end of a session have the same number. */
export function readLogind(text: string, draft: EventDraft): boolean {
  const removed = REMOVED.exec(text);
  const m = removed ? null : SESSION.exec(text);
  if (!removed && !m) return false;
  const opened = m?.[1] === 'New session';
  setKind(
    draft,
    'authentication',
    opened ? 'start' : 'end',
    opened ? 'new session' : 'removed session',
    opened ? 'success' : undefined,
  );
  draft.text('user.name', m?.[3]);
  draft.text('logmaster.session.id', removed?.[1] ?? m?.[2]);
  return true;
}

const SSHGUARD =
  /^(Attack from|Blocking|Unblocking|[\da-fA-F.:]{2,45}: unblocking) ?"?([\da-fA-F.:]{2,45})?(?:\/\d{1,3})?"?(?: on service (\w{1,32}))?(?: with danger (\d{1,6}))?(?: for (\d{1,10}) secs)?/;

/** sshguard, of pfSense: addresses that guess passwords are blocked for a time. */
export function readSshguard(text: string, draft: EventDraft): boolean {
  const m = SSHGUARD.exec(text);
  if (!m) return false;
  const word = (m[1] as string).toLowerCase();
  const unblocks = word.endsWith('unblocking');
  setKind(draft, 'intrusion_detection', word === 'blocking' ? 'denied' : 'info', unblocks ? 'unblocking' : word);
  draft.ip('source.ip', m[2] ?? (unblocks ? word.split(': ', 1)[0] : undefined));
  draft.label('service', m[3]);
  draft.label('danger', m[4]);
  draft.label('seconds', m[5]);
  return true;
}

/** `User [ayse] from [10.0.0.5] failed to log in via [SSH] due to authorization failure.`, `… signed in to [DSM] successfully via [password].` */
const DSM =
  /^User \[([^\]]{0,128})\] from \[([^\]]{1,64})\] (?:(signed|logged) (in|out)|(failed to (?:log|sign) in))(.{0,256})/;

/** Synology's DiskStation Manager: sign-ins. Other remarks about a user keep their text. */
export function readDsm(text: string, draft: EventDraft): boolean {
  const m = DSM.exec(text);
  if (!m) return false;
  const [, user, address, , way, failed, rest = ''] = m;
  if (way === 'out') setKind(draft, 'authentication', 'end', 'logout');
  else setKind(draft, 'authentication', 'start', 'login', failed === undefined ? 'success' : 'failure');
  draft.text('user.name', user);
  setAddress(draft, address);
  draft.label('service', /(?:to|via) \[([^\]]{1,64})\]/.exec(rest)?.[1]);
  draft.text('event.reason', /due to (.{1,128}?)\.?$/.exec(rest)?.[1]);
  return true;
}
