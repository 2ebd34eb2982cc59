import type { EventDraft } from '../event/draft.ts';
import { readClockDuration } from '../values/duration.ts';
import { type MessageReader, setKind, setUser } from './messages.ts';

/** `name = value` and `name: value`, up to the next separator; at most one scan a field. */
function after(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1]?.trim();
}

const AAA = /^AAA user (authentication|authorization|accounting) (Successful|Rejected)/i;

/** 113004, 113005, 113012, 113015 …: `AAA user authentication Rejected : reason = … : server = … : user = … : user IP = …`. */
export const readAaa: MessageReader = (text, draft) => {
  const m = AAA.exec(text);
  if (!m) return false;
  setKind(draft, 'authentication', 'start', m[2] as string);
  draft.event['event.outcome'] = (m[2] as string).toLowerCase() === 'successful' ? 'success' : 'failure';
  draft.text('event.reason', after(text, / reason = ([^:]{1,128})/));
  setUser(draft, after(text, / user = ([^:]{1,128})/));
  draft.ip('source.ip', after(text, / user IP = ([\da-fA-F.:]{2,45})/));
  const server = after(text, / server = {1,4}([^: ]{1,64})/);
  draft.label('aaa_server', server ?? (text.includes('local database') ? 'local' : undefined));
  draft.label('aaa_service', m[1]);
  return true;
};

const DISCONNECTED =
  /^Group = ([^,]{0,128}), Username = ([^,]{0,128}), IP = ([^,]{2,45}), Session disconnected\. Session Type: ([^,]{1,64}), Duration: ([^,]{1,32}), Bytes xmt: (\d{1,16}), Bytes rcv: (\d{1,16}), Reason: (.{1,128})/;

/** 113019: the end of a VPN session. `xmt` is what the ASA sent to the user. */
export const readDisconnected: MessageReader = (text, draft) => {
  const m = DISCONNECTED.exec(text);
  if (!m) return false;
  setKind(draft, 'authentication', 'end', 'disconnected');
  setVpnUser(draft, m[1], m[2], m[3]);
  draft.label('session_type', m[4]);
  draft.duration(readClockDuration(m[5] as string));
  draft.long('destination.bytes', m[6]);
  draft.long('source.bytes', m[7]);
  const { event } = draft;
  event['network.bytes'] = (event['destination.bytes'] ?? 0) + (event['source.bytes'] ?? 0);
  draft.text('event.reason', m[8]);
  return true;
};

const GROUP_USER = /^Group <([^>]{0,128})> User <([^>]{0,128})> IP <([^>]{0,45})> (.{1,512})/;

/** 113039, 716xxx, 722xxx: `Group <g> User <u> IP <a> …`; the words after it tell start, end or failure. */
export const readVpnSession: MessageReader = (text, draft) => {
  const m = GROUP_USER.exec(text);
  if (!m) return false;
  const said = m[4] as string;
  setVpnUser(draft, m[1], m[2], m[3]);
  const assigned = /^IPv4 Address <([^>]{0,45})> IPv6 address <([^>]{0,45})> assigned/i.exec(said);
  if (assigned) {
    setKind(draft, 'authentication', 'start', 'assigned');
    draft.label('assigned_ip', assigned[1]);
    if (assigned[2] !== '::') draft.label('assigned_ipv6', assigned[2]);
  } else if (/session started|Authentication: successful|connection established/i.test(said)) {
    setKind(draft, 'authentication', 'start', 'started');
    draft.event['event.outcome'] = 'success';
  } else if (/Authentication: rejected|login failed/i.test(said)) {
    setKind(draft, 'authentication', 'start', 'rejected');
    draft.event['event.outcome'] = 'failure';
  } else if (/terminated|disconnect|ended|closing|closed/i.test(said)) {
    setKind(draft, 'authentication', 'end', 'terminated');
    draft.text('event.reason', after(said, /(?:terminated|reason): ?(.{1,128}?)\.?$/i));
  } else setKind(draft, 'authentication', 'info', 'session');
  return true;
};

const LOGIN =
  /^Login (permitted|denied) from ([\da-fA-F.:]{2,45})\/(\d{1,5}) to ([^\s:]{1,64}):([\da-fA-F.:]{2,45})\/(\w{1,32}) for user "([^"]{0,128})"/;
const UNAME = /^User authentication (succeeded|failed): IP[ -]address: ([\da-fA-F.:]{2,45}), Uname: (.{1,128})/;

/** 605004, 605005, 611101, 611102: sign-ins to the ASA itself. */
export const readAdminLogin: MessageReader = (text, draft) => {
  const login = LOGIN.exec(text);
  const uname = login ? null : UNAME.exec(text);
  if (!login && !uname) return false;
  const word = (login ?? uname)?.[1] as string;
  setKind(draft, 'authentication', 'start', word);
  draft.event['event.outcome'] = word === 'permitted' || word === 'succeeded' ? 'success' : 'failure';
  draft.ip('source.ip', (login ?? uname)?.[2]);
  draft.port('source.port', login?.[3]);
  draft.text('observer.ingress.interface.name', login?.[4]);
  draft.ip('destination.ip', login?.[5]);
  draft.text('network.protocol', login?.[6]);
  setUser(draft, login?.[7] ?? uname?.[3]);
  return true;
};

const COMMAND =
  /^User '([^']{1,128})'(?:, running '[^']{0,64}' from IP ([\da-fA-F.:]{2,45}),)? executed (?:the )?'([^']{0,512})/;

/** 111008, 111010: a command was entered. */
export const readCommand: MessageReader = (text, draft) => {
  const m = COMMAND.exec(text);
  if (!m) return false;
  setKind(draft, 'configuration', 'change', 'executed');
  setUser(draft, m[1]);
  draft.ip('source.ip', m[2]);
  draft.label('command', m[3]);
  return true;
};

function setVpnUser(draft: EventDraft, group?: string, user?: string, address?: string): void {
  draft.text('user.group.name', group);
  setUser(draft, user);
  draft.ip('source.ip', address);
}
