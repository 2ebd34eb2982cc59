import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { readPairs } from '../key-value/pairs.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const USER = /\buser[ =]([\w.@\\-]{1,128})/;
const PAM = /(\w{2,32})\((?:pam_audit|mod_auth_pam)\): user=([\w.@\\-]{1,128})/;

/** 01070417, 01420002: what administrators do, and their sessions as PAM tells them. False when it is no audit. */
export function readAudit(said: string, draft: EventDraft): boolean {
  if (!said.startsWith('AUDIT - ')) return false;
  const pam = PAM.exec(said.slice(0, 512));
  if (pam) {
    readSession(said, pam, draft);
    return true;
  }
  const verb = /(?:- |\{ ?|cmd_data=)(create|modify|delete|save|load)\b/.exec(said.slice(0, 1024))?.[1];
  const types: Readonly<Record<string, string>> = { create: 'creation', delete: 'deletion' };
  setKind(draft, 'configuration', verb === undefined ? 'info' : (types[verb] ?? 'change'), verb ?? 'audit');
  const user = USER.exec(said.slice(0, 256))?.[1];
  if (user !== undefined) account(draft, user);
  const status = /[Ss]tatus=\[?([^\]]{1,64})/.exec(said)?.[1];
  draft.label('status', status);
  if (status !== undefined) draft.event['event.outcome'] = /OK/i.test(status) ? 'success' : 'failure';
  return true;
}

/** `AUDIT - user admin - RAW: sshd(pam_audit): user=admin(admin) … host=10.0.0.5 attempts=1 start="…" end="…".` */
function readSession(said: string, pam: RegExpExecArray, draft: EventDraft): void {
  const pairs = new Map<string, string>();
  readPairs(said, pam.index, (name, value) => pairs.set(name, value));
  const failed = /fail|invalid/i.test(said);
  const over = pairs.has('end');
  if (over) setKind(draft, 'authentication', 'end', 'logout');
  else setKind(draft, 'authentication', 'start', 'login', failed ? 'failure' : 'success');
  account(draft, pam[2] as string);
  draft.label('service', pam[1]);
  draft.ip('source.ip', new RegExp(`host=(${ADDRESS})`).exec(said)?.[1]?.replace(/\.$/, ''));
  draft.label('level', pairs.get('level'));
}

const FLOW = new RegExp(
  String.raw`(?:(TCP|UDP|tcp|udp) )?(${ADDRESS}?)(?:%\d{1,5})?:(\d{1,5}) -> (${ADDRESS}?)(?:%\d{1,5})?:(\d{1,5})(?![\d.])`,
);
const ACL =
  /^(?:([^\s:]{1,128}):([^\s:]{1,64}):)?([\da-f]{8}): (allow|continue|discard|reject) ACL: (\S{1,256}?)(?::(\d{1,6}))? /;
const MEMBER =
  /^(Pool|Node|Virtual(?: Address)?) (\S{1,256})(?: member (\S{1,256}))?.{0,64}? (?:monitor status|has become|is) (\w{1,32})/;

/** LTM and the system: a connection where the text names one, a pool's state; everything else keeps its text. */
export function readSystem(said: string, severity: number, draft: EventDraft): void {
  const { event } = draft;
  const head = said.slice(0, 512);
  const member = MEMBER.exec(head);
  if (member) {
    setKind(draft, 'host', 'info', `${(member[1] as string).toLowerCase()} ${member[4]}`);
    draft.label('object', member[2]);
    draft.label('member', member[3]);
    return;
  }
  if (readAcl(head, draft)) return;
  const flow = FLOW.exec(head);
  event['event.category'] = flow ? 'network' : 'host';
  event['event.type'] = severity <= 3 || /failed|error/i.test(head.slice(0, 128)) ? 'error' : 'info';
  if (flow) setFlow(flow, draft);
}

function setFlow(flow: RegExpExecArray, draft: EventDraft): void {
  if (flow[1] !== undefined) draft.transport(flow[1].toLowerCase());
  draft.ip('source.ip', flow[2]);
  draft.port('source.port', flow[3]);
  draft.ip('destination.ip', flow[4]);
  draft.port('destination.port', flow[5]);
}

/** 01580002: what an access control list of APM did with a packet of a session: `…: discard ACL: /VPN/deny:0 packet: tcp …`. */
function readAcl(said: string, draft: EventDraft): boolean {
  const m = ACL.exec(said);
  if (!m) return false;
  const word = m[4] as string;
  setKind(draft, 'network', word === 'allow' || word === 'continue' ? 'allowed' : 'denied', word);
  draft.label('access_profile', m[1]);
  draft.text('logmaster.session.id', m[3]);
  draft.text('rule.name', m[5]);
  draft.label('acl_entry', m[6]);
  const flow = FLOW.exec(said);
  if (flow) setFlow(flow, draft);
  return true;
}

const RULE =
  /^(?:(?:err|warning|notice|info|debug) )?(?:tmm\d{0,3}(?:\[\d{1,10}\])?: )?Rule (\/\S{1,256}) (?:<(\w{1,64})>)?: ?/;
const FROM_TO = new RegExp(String.raw`from (${ADDRESS}?):(\d{1,5}) to .{0,128}?(${ADDRESS}?):(\d{1,5})(?![\d.])`);

/** What an iRule logs: `Rule /Common/log <CLIENT_ACCEPTED>: …`, in some versions without the event. False when it is none. */
export function readIrule(said: string, draft: EventDraft): boolean {
  const m = RULE.exec(said);
  if (!m) return false;
  draft.event['event.category'] = 'network';
  draft.event['event.type'] = 'info';
  draft.text('event.action', m[2]?.toLowerCase());
  draft.text('rule.name', m[1]);
  const ends = FROM_TO.exec(said.slice(m[0].length, m[0].length + 512));
  draft.ip('source.ip', ends?.[1]);
  draft.port('source.port', ends?.[2]);
  draft.ip('destination.ip', ends?.[3]);
  draft.port('destination.port', ends?.[4]);
  return true;
}
