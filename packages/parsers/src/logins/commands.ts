import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `ayse : TTY=pts/0 ; PWD=/home/ayse ; USER=root ; COMMAND=/usr/bin/id`, with a remark first when it is refused. */
const SUDO =
  /^ {0,16}(.{1,128}?) : (?:(.{1,128}?) ; )?TTY=([^ ;]{1,64}) ; PWD=(.{0,512}?) ; USER=([^ ;]{1,128})(?: ; (?:GROUP|TSID|ENV)=[^;]{0,256})*(?: ; COMMAND=(.{1,2048}))?$/;
/** `(to root) ayse on pts/0`, `FAILED SU (to root) ayse on pts/0`, `+ pts/0 ayse:root`, BSD: `ayse to root on /dev/pts/0` */
const SU = /^(FAILED SU |BAD SU )?(?:\(to ([^)]{1,128})\) (.{1,128}?)|([^ ]{1,128}) to ([^ ]{1,128})) on ([^ ]{1,64})$/;
const SU_SIGN = /^([+-]) ([^ ]{1,64}) ([^ :]{1,128})[:-]([^ ]{1,128})$/;
const SU_WORDS = /^(Successful|FAILED) su for ([^ ]{1,128}) by ([^ ]{1,128})$/;

/** sudo(8), log format. The user who asked is `user.name`, the one acted as `destination.user.name`. */
export function readSudo(text: string, draft: EventDraft): boolean {
  const m = SUDO.exec(text);
  if (!m) return false;
  const refused = m[2] !== undefined;
  setKind(draft, 'process', refused ? 'denied' : 'start', 'sudo', refused ? 'failure' : 'success');
  draft.text('user.name', m[1]);
  draft.text('event.reason', m[2]);
  draft.label('tty', m[3]);
  draft.label('pwd', m[4]);
  draft.text('destination.user.name', m[5]);
  draft.label('command', m[6]);
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
