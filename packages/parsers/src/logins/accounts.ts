import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `new user: name=apache, UID=48, …`, `new group: name=apache, GID=48` */
const NEW = /^new (user|group): name=([^, ]{1,128})/;
/** `delete user 'x'`, `removed group 'x' owned by 'y'`, `group 'x' removed from /etc/group` */
const REMOVED = /^(?:delete|removed|remove) (user|group|shadow group) '([^']{1,128})'/;
/** `add 'x' to group 'y'`, `change user 'x' shell from 'a' to 'b'`, `delete 'x' from group 'y'` */
const CHANGED =
  /^(?:(add|delete) '([^']{1,128})' (?:to|from) (?:shadow )?group '([^']{1,128})'|change user '([^']{1,128})' (.{1,128}))/;
const PASSWORD = /password changed for ([^ ]{1,128})/;

/** shadow-utils: useradd, usermod, userdel, groupadd, passwd. */
export function readAccounts(text: string, draft: EventDraft): boolean {
  const made = NEW.exec(text);
  const removed = made ? null : REMOVED.exec(text);
  const m = made ?? removed;
  if (m) {
    setKind(draft, 'iam', made ? 'creation' : 'deletion', `${made ? 'new' : 'delete'} ${m[1]}`);
    draft.text(m[1] === 'user' ? 'user.name' : 'user.group.name', m[2]);
    return true;
  }
  const changed = CHANGED.exec(text);
  if (changed) {
    setKind(draft, 'iam', 'change', changed[1] === undefined ? 'change user' : `${changed[1]} group`);
    draft.text('user.name', changed[2] ?? changed[4]);
    draft.text('user.group.name', changed[3]);
    draft.text('event.reason', changed[5]);
    return true;
  }
  const password = PASSWORD.exec(text.slice(0, 256));
  if (!password) return false;
  setKind(draft, 'iam', 'change', 'password changed');
  draft.text('user.name', password[1]);
  return true;
}
