import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readPairs } from '../key-value/pairs.ts';
import { setPeer } from './sshd.ts';

/** `pam_unix(sshd:auth): `; `pam_unix(auth): ` and `pam_unix: ` of the BSDs, `(pam_unix) ` before Linux-PAM 0.99. */
const MODULE = String.raw`(?:\(?pam_(\w{1,32})\)?(?:\((?:([\w.+-]{1,48}):)?(\w{1,16})\))?:? )?`;
/** `session opened for user ayse(uid=1000) by (uid=0)`; the module's name may be missing. */
const SESSION = new RegExp(
  String.raw`^${MODULE}session (opened|closed) for user (.{1,128}?)(?:\(uid=(\d{1,10})\))?(?: by (.{0,128}?)\(uid=(\d{1,10})\))?$`,
);
/** `authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.9  user=root` */
const FAILURE = new RegExp(String.raw`^${MODULE}(?:PAM )?(?:\d{1,3} more )?authentication failures?; (.{1,512})$`);
const UNKNOWN =
  /^pam_(\w{1,32})\(([\w.+-]{1,48}):(\w{1,16})\): (?:check pass; user unknown|user \[?(.{1,128}?)\]? (?:not known|unknown).*)/;
/** `pam_faillock(sshd:auth): Consecutive login failures for user ayse account temporarily locked` */
const LOCKED =
  /^pam_faillock\(([\w.+-]{1,48}):\w{1,16}\): Consecutive login failures for user (.{1,128}?) account temporarily locked/;

/** `pam_tally2(sudo:auth): user ayse (1001) tally 6, deny 5` */
const TALLY =
  /^pam_tally2?\(([\w.+-]{1,48}):\w{1,16}\): user (.{1,128}?) \((\d{1,10})\) (?:has )?(tally \d{1,10}, deny \d{1,10})/;

/** Linux-PAM's own lines, of whatever program they are (pam_unix, pam_sss, pam_ldap, …). */
export function readPam(text: string, draft: EventDraft): boolean {
  const session = SESSION.exec(text);
  if (session) {
    const opened = session[4] === 'opened';
    setKind(draft, 'authentication', opened ? 'start' : 'end', `session ${session[4]}`, opened ? 'success' : undefined);
    draft.label('service', session[2]);
    draft.text('user.name', session[5]);
    draft.label('uid', session[6]);
    draft.label('by', session[7]);
    return true;
  }
  const failure = FAILURE.exec(text);
  if (failure) {
    setKind(draft, 'authentication', 'start', 'authentication failure', 'failure');
    draft.label('service', failure[2]);
    readPairs(failure[4] as string, 0, (key, value) => setPair(draft, key, value));
    return true;
  }
  const locked = LOCKED.exec(text);
  if (locked) {
    setKind(draft, 'iam', 'change', 'account locked');
    draft.label('service', locked[1]);
    draft.text('user.name', locked[2]);
    return true;
  }
  const tally = TALLY.exec(text);
  if (tally) {
    setKind(draft, 'authentication', 'start', 'too many failures', 'failure');
    draft.label('service', tally[1]);
    draft.text('user.name', tally[2]);
    draft.label('uid', tally[3]);
    draft.text('event.reason', tally[4]);
    return true;
  }
  const unknown = UNKNOWN.exec(text);
  if (!unknown) return false;
  setKind(draft, 'authentication', 'start', 'user unknown', 'failure');
  draft.label('service', unknown[2]);
  draft.text('user.name', unknown[4]);
  return true;
}

function setPair(draft: EventDraft, key: string, value: string): void {
  if (value === '') return;
  if (key === 'user') draft.text('user.name', value);
  else if (key === 'rhost') setPeer(draft, value, undefined);
  else draft.label(key, value);
}
