import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import type { Mark } from '../info-center/mark.ts';
import { secondsToNanos } from '../values/duration.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorTime } from '../vendor.ts';

const THREATS = new Set('IPS AV IPSTRAP AVTRAP CNC APT ATTACK ATK FWATCK DDOS SECE FW-LOG DATAFILTER'.split(' '));
const CONTENT = new Set('URL FILEBLOCK MAIL APPCTL AUDIT DLP'.split(' '));
const ENTERED =
  /^(?:LOG(?:IN|ON)\w{0,48}|\w{0,24}(?:LOGIN|LOGON|ONLINE|ACCESS)(?:_?(?:OK|SUCC\w{0,8}|FAIL\w{0,16}|RESULT))?)$/i;
const LEFT = /LOG(?:OUT|OFF)|OFFLINE/i;
const REFUSED = /FAIL|LOCK|BLOCK|DENY|REJECT|ILLEGAL/i;
const DROPPED = /DROP|DENY|BLOCK/i;
const AUTHENTICATION = /AUTHEN|SSHS?_|PASSWORD|PWD|LOCALACCOUNT|ACCOUNT/i;
const COMMAND = /CMDRECORD|CMDCONFIRM|COMMAND/i;

const PERSON = ['user.name', 'source.mac', 'source.ip'] as const;

type Pairs = ReadonlyMap<string, string>;

/** Category, type, action and outcome by module and brief; the times of a session. */
export function classifyHuawei(draft: EventDraft, mark: Mark, pairs: Pairs): VendorTime | undefined {
  const module = mark.module.toUpperCase();
  const action = pairs.get('action');
  if (/^POLICY/.test(module) && /PERMIT|DENY/i.test(mark.brief)) {
    const denied = /DENY/i.test(mark.brief);
    setKind(draft, 'network', denied ? 'denied' : 'allowed', denied ? 'deny' : 'permit');
  } else if (mark.brief.toUpperCase().startsWith('SESSION')) return classifySession(draft, mark, pairs);
  else if (THREATS.has(module)) {
    draft.event['event.kind'] = 'alert';
    setKind(draft, 'intrusion_detection', typeOf(action ?? DROPPED.exec(mark.brief)?.[0]), action ?? mark.brief);
    setThreat(draft, pairs);
  } else if (CONTENT.has(module)) setKind(draft, 'web', typeOf(action), action ?? mark.brief);
  else classifyPeople(draft, mark);
  dropUntranslated(draft);
  return undefined;
}

function typeOf(action: string | undefined): string {
  return action === undefined ? 'info' : (verdictOf(action) ?? (/alert/i.test(action) ? 'allowed' : 'info'));
}

/** What was found is the rule; the policy that looked for it the set. */
function setThreat(draft: EventDraft, pairs: Pairs): void {
  const name = ['signname', 'virusname', 'threatname', 'event', 'attacktype', 'attackname'].find((key) =>
    pairs.has(key),
  );
  if (name === undefined) return;
  draft.text('rule.ruleset', draft.event['rule.name']);
  draft.text('rule.name', pairs.get(name));
  draft.text('rule.category', pairs.get('category'));
}

/** SECLOG: seconds since 1970 of both ends. */
function classifySession(draft: EventDraft, { brief }: Mark, pairs: Pairs): VendorTime | undefined {
  const isUrl = /URL/i.test(brief);
  const begins = /SETUP|CREATE|BUIL[DT]|START/i.test(brief);
  setKind(draft, isUrl ? 'web' : 'network', isUrl ? 'info' : begins ? 'start' : 'end', brief);
  addTotals(draft);
  dropUntranslated(draft);
  const [begin, end] = [pairs.get('begintime'), pairs.get('endtime')].map((text) =>
    text !== undefined && /^\d{9,10}$/.test(text) ? Number(text) : undefined,
  );
  if (begin === undefined) return undefined;
  if (end !== undefined && end >= begin && !isUrl) draft.duration(secondsToNanos(end - begin));
  return { start: () => ({ local: begin * 1_000_000, yearMissing: false, offset: 0 }) };
}

function classifyPeople(draft: EventDraft, { brief }: Mark): void {
  const action = brief.toLowerCase();
  if (COMMAND.test(brief)) setKind(draft, 'configuration', 'info', action, REFUSED.test(brief) ? 'failure' : 'success');
  // Boards and access points come and go too.
  else if (/LINE/i.test(brief) && !PERSON.some((field) => draft.has(field))) return;
  else if (LEFT.test(brief)) setKind(draft, 'authentication', 'end', action);
  else if (REFUSED.test(brief) && (AUTHENTICATION.test(brief) || ENTERED.test(brief)))
    setKind(draft, 'authentication', 'start', action, 'failure');
  else if (ENTERED.test(brief)) setKind(draft, 'authentication', 'start', action, 'success');
  else if (AUTHENTICATION.test(brief)) setKind(draft, 'authentication', 'info', action);
}
