import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { LEVELS } from '../syslog/severity.ts';

/** `[ACOS]<6> `, `[audit log]<6> Partition: shared, `, in both orders of name and level. */
const HEAD = /\[([\w ]{2,24})\] ?<(\d{1,3})>:? {0,2}/y;
const PARTITION = /^(?:Partition: ([\w.-]{1,64}), {0,2}|partition-id<\d{1,5}> <([\w.-]{1,64})> )/;
/** `[admin] web: [222:10.80.1.9:51000] …`, `[admin] cli: [10.80.1.9:51000] show run` */
const AUDIT = /^\[([^\]]{1,64})\] (\w{2,12}): \[(?:\d{1,10}:)?([\da-fA-F.:]{2,45}?)(?::(\d{1,5}))?\] ?(.{0,512})/;
const FAILED = /authentication (?:failed|failure)|login fail|denied|incorrect|invalid (?:user|password)/i;
const OPENED = /\b(?:opened|logged in|log(?:in|on) succe|authentication succe|authenticated successfully)/i;
const CLOSED = /\b(?:closed|logged out|logged off|terminated|timed out)\b/i;
const USER = /(?:\(user: ?|[Uu]ser(?:name)?(?:,|:)? "?|for user "?|admin user "?)([\w@.\\-]{1,64})/;
const ADDRESS =
  /\b(?:from|host|remote host|client|IP)[,:]? {0,2}(\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]{1,4}:[\da-fA-F:]{2,40})/;

/** Messages of a10logd: who signed in, what was configured; all others keep module, level and text. */
export function readSystem(text: string, at: number, draft: EventDraft): void {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  const level = head ? Number(head[2]) & 7 : undefined;
  draft.text('event.code', head?.[1]);
  if (level !== undefined) draft.text('log.level', LEVELS[level]);
  const rest = text.slice(head ? HEAD.lastIndex : at, at + 1024);
  const partition = PARTITION.exec(rest);
  draft.label('partition', partition?.[1] ?? partition?.[2]);
  const said = rest.slice(partition?.[0].length ?? 0);
  const audit = AUDIT.exec(said);
  if (audit) {
    setKind(draft, 'configuration', 'info', `audit ${audit[2]}`);
    draft.text('user.name', audit[1]);
    draft.ip('source.ip', audit[3]);
    draft.port('source.port', audit[4]);
    draft.label('command', audit[5]);
    return;
  }
  const user = USER.exec(said)?.[1];
  if (user === undefined) return;
  const outcome = FAILED.test(said) ? 'failure' : OPENED.test(said) ? 'success' : undefined;
  if (outcome === undefined && !CLOSED.test(said)) return;
  setKind(
    draft,
    'authentication',
    outcome === undefined ? 'end' : 'start',
    outcome === undefined ? 'logout' : 'login',
    outcome,
  );
  draft.text('user.name', user);
  draft.ip('source.ip', ADDRESS.exec(said)?.[1]);
}
