import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `(to root) ayse on pts/0`, `FAILED SU (to root) ayse on pts/0`, `+ pts/0 ayse:root`, BSD: `ayse to root on /dev/pts/0` */
const SU = /^(FAILED SU |BAD SU )?(?:\(to ([^)]{1,128})\) (.{1,128}?)|([^ ]{1,128}) to ([^ ]{1,128})) on ([^ ]{1,64})$/;
const SU_SIGN = /^([+-]) ([^ ]{1,64}) ([^ :]{1,128})[:-]([^ ]{1,128})$/;
const SU_WORDS = /^(Successful|FAILED) su for ([^ ]{1,128}) by ([^ ]{1,128})$/;

const SUDO_KEYS: ReadonlySet<string> = new Set(['TTY', 'PWD', 'USER', 'GROUP', 'CHROOT', 'TSID', 'ENV', 'COMMAND']);
const MAX_USER = 128;

/**
 * sudo(8), log format: `ayse : TTY=pts/0 ; PWD=/home/ayse ; USER=root ; COMMAND=/usr/bin/id`, with a remark before when
 * it is refused. The user who asked is `user.name`, the one acted as `destination.user.name`.
 */
export function readSudo(text: string, draft: EventDraft): boolean {
  const colon = text.indexOf(' : ');
  if (colon < 1 || colon > MAX_USER || !text.includes(' ; USER=')) return false;
  const said = text.slice(colon + 3);
  // A command may hold semicolons.
  const command = said.indexOf('COMMAND=');
  const parts = (command < 0 ? said : said.slice(0, command)).split(' ; ', 12);
  let reason: string | undefined;
  for (const part of parts) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(equals, 0));
    if (!SUDO_KEYS.has(key)) reason ??= part === '' ? undefined : part;
    else if (key === 'USER') draft.text('destination.user.name', part.slice(equals + 1));
    else draft.label(key.toLowerCase(), part.slice(equals + 1));
  }
  const refused = reason !== undefined;
  setKind(draft, 'process', refused ? 'denied' : 'start', 'sudo', refused ? 'failure' : 'success');
  draft.text('user.name', text.slice(0, colon).trim());
  draft.text('event.reason', reason);
  if (command >= 0) draft.label('command', said.slice(command + 'COMMAND='.length));
  return true;
}

export function readSu(text: string, draft: EventDraft): boolean {
  const m = SU.exec(text);
  if (m) {
    setSu(draft, m[3] ?? m[4], m[2] ?? m[5], m[1] === undefined);
    draft.label('tty', m[6]);
    return true;
  }
  const sign = SU_SIGN.exec(text);
  if (sign) {
    setSu(draft, sign[3], sign[4], sign[1] === '+');
    draft.label('tty', sign[2]);
    return true;
  }
  const words = SU_WORDS.exec(text);
  if (!words) return false;
  setSu(draft, words[3], words[2], words[1] === 'Successful');
  return true;
}

function setSu(draft: EventDraft, by: string | undefined, to: string | undefined, done: boolean): void {
  setKind(draft, 'authentication', 'start', 'su', done ? 'success' : 'failure');
  draft.text('user.name', by);
  draft.text('destination.user.name', to);
}
