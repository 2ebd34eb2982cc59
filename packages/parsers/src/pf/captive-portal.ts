import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';

/** `Zone: guest - ACCEPT: `; releases before 2.1 had no zones. */
const PFSENSE = /^(?:Zone: ?([^ ]{1,64}) - )?([A-Za-z].{0,127}?): /;
/** `AUTH ayse (10.0.0.5) zone 0` */
const OPNSENSE =
  /^(AUTH|DENY|LOGOUT|DISCONNECT|ALLOW|TIMEOUT) (.{0,128}?) ?\(([\da-fA-F.:]{2,45})\)(?: zone (\S{1,64}))?/;

const ENDS = /disconnect|timeout|logout|terminat|expired/i;
const FAILURES = /fail|error|denied|deny|invalid|blocked|reject/i;

/** Users of a captive portal: who had which address and MAC, from when until when. */
export function readCaptivePortal(text: string, draft: EventDraft): boolean {
  return readPfsense(text, draft) || readOpnsense(text, draft);
}

/** `ACCEPT: user, mac, ip[, message]`; a name may hold a comma, so the address is looked for. Portals that ask for none say `unauthenticated`. */
function readPfsense(text: string, draft: EventDraft): boolean {
  const head = PFSENSE.exec(text);
  if (!head) return false;
  const words = text.slice(head[0].length).split(', ', 16);
  const at = words.findIndex((word, index) => index >= 2 && canonicalIp(word) !== undefined);
  if (at < 0) return false;
  setPortal(draft, head[2] as string);
  draft.label('zone', head[1]);
  const user = words.slice(0, at - 1).join(', ');
  if (user !== 'unauthenticated') draft.text('user.name', user);
  draft.mac('source.mac', words[at - 1]);
  draft.ip('source.ip', words[at]);
  draft.text('event.reason', words.slice(at + 1).join(', '));
  return true;
}

function readOpnsense(text: string, draft: EventDraft): boolean {
  const m = OPNSENSE.exec(text);
  if (!m) return false;
  setPortal(draft, m[1] as string);
  draft.text('user.name', m[2]);
  draft.ip('source.ip', m[3]);
  draft.label('zone', m[4]);
  return true;
}

/** The action is the portal's own word: accept, user login, idle timeout, …; what changes in it is left to the reason. */
function setPortal(draft: EventDraft, status: string): void {
  const action = status.toLowerCase().split(/ ip \d| for \d/, 1)[0] as string;
  // `CONCURRENT LOGIN - TERMINATING OLD SESSION` ends one.
  if (ENDS.test(status)) setKind(draft, 'authentication', 'end', action);
  else setKind(draft, 'authentication', 'start', action, FAILURES.test(status) ? 'failure' : 'success');
  if (action.length < status.length) draft.text('event.reason', status);
}
