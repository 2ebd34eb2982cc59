import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readClockDuration } from '../values/duration.ts';
import { compileWording } from '../wording/wording.ts';
import { type MessageReader, setHost, setUser } from './messages.ts';
import { says, setSlot } from './slots.ts';

/** `name = value` and `name: value`, up to the next separator; at most one scan a field. */
function after(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1]?.trim();
}

const AAA = /^AAA (?:user )?(authentication|authorization|accounting|credentials) (Successful|Rejected)/i;

/** 113004, 113005, 113012, 113015–113017: `AAA user authentication Rejected : reason = … : server = … : user = … : user IP = …`. */
export const readAaa: MessageReader = (text, draft) => {
  const m = AAA.exec(text);
  if (!m) return false;
  setKind(draft, 'authentication', 'start', m[2] as string);
  draft.event['event.outcome'] = (m[2] as string).toLowerCase() === 'successful' ? 'success' : 'failure';
  draft.text('event.reason', after(text, / reason = ([^:]{1,128})/));
  setUser(draft, after(text, / user = ([^:]{1,128})/i));
  draft.ip('source.ip', after(text, / user IP = ([\da-fA-F.:]{2,45})/));
  const server = after(text, / server = {1,4}([^,: ]{1,64})/);
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

const GROUP_USER = [
  'TunnelGroup <{tunnel_group}> GroupPolicy <{group}> User <{user}> IP <{source.ip}> {said}',
  'Group <{group}> User <{user}> IP <{source.ip}> {said}',
  'Group <{group}> User IP <{source.ip}> {said}',
  'Group {group} User {user} IP {source.ip} {said}',
].map(compileWording);
const FAILED = /rejected|login failed|could not be|not allowed|unable to create|not created|not enabled|DENIED/i;
const STARTED =
  /session started|authentication: successful|connection established|session resumed|New (?:TCP|UDP) SVC connection|GRANTED/i;
const ENDED = /terminat|disconnect|ended|closing|closed|lost connection/i;

/** 113029–113039, 716xxx, 722xxx: `Group <g> User <u> IP <a> …`; the words after it tell start, end or failure. */
export const readVpnSession: MessageReader = (text, draft) => {
  let said = '';
  const fits = GROUP_USER.some((wording) =>
    wording.read(text, (name, value) => {
      if (name === 'said') said = value;
      else setSlot(draft, name, value);
    }),
  );
  if (!fits) return readRejected(text, draft);
  const assigned = /^(?:IPv4 )?Address <([^>]{0,45})>(?: IPv6 address <([^>]{0,45})>)? assigned/i.exec(said);
  if (assigned) {
    setKind(draft, 'authentication', 'start', 'assigned');
    draft.label('assigned_ip', assigned[1]);
    if (assigned[2] !== '::') draft.label('assigned_ipv6', assigned[2]);
  } else classifySession(said, draft);
  draft.text('user_agent.original', after(said, /^Client Type: (.{1,256})/i));
  draft.text('url.original', after(said, /access (?:GRANTED|DENIED)[^:]{0,40}: "?([^"]{1,1024})/));
  return true;
};

function classifySession(said: string, draft: EventDraft): void {
  if (FAILED.test(said)) {
    setKind(draft, 'authentication', 'start', 'rejected');
    draft.event['event.outcome'] = 'failure';
  } else if (STARTED.test(said)) {
    setKind(draft, 'authentication', 'start', 'started');
    draft.event['event.outcome'] = 'success';
  } else if (ENDED.test(said)) {
    setKind(draft, 'authentication', 'end', 'terminated');
    draft.text('event.reason', after(said, /(?:terminated|reason|connection): ?(.{1,128}?)\.?$/i));
  } else setKind(draft, 'authentication', 'info', 'session');
}

/** 716039 of older versions: `Authentication: rejected, group = g user = u , Session Type: WebVPN`. */
const readRejected = says(
  ['authentication', 'start', 'rejected', 'failure'],
  'Authentication: rejected, group = {group} user = {user} , Session Type: {session_type}',
);

const LOGIN =
  /^Login (permitted|denied) from ([\w.:-]{1,128})\/(\d{1,5}) to ([^\s:]{1,64}):([\w.:-]{1,128})\/([\w-]{1,32}) for user "([^"]{0,128})"/;
const UNAME =
  /^User authentication (succeeded|failed): IP(?:[ -]address)? ?[:=,] ?(?:IP address ?: ?)?([\da-fA-F.:]{2,45}?) ?[,:] ?Uname: (.{1,128})/;

/** 605004, 605005, 611101, 611102: sign-ins to the ASA itself. */
export const readAdminLogin: MessageReader = (text, draft) => {
  const login = LOGIN.exec(text);
  const uname = login ? null : UNAME.exec(text);
  if (!login && !uname) return false;
  const word = (login ?? uname)?.[1] as string;
  setKind(draft, 'authentication', 'start', word);
  draft.event['event.outcome'] = word === 'permitted' || word === 'succeeded' ? 'success' : 'failure';
  setHost(draft, 'source', (login ?? uname)?.[2]);
  draft.port('source.port', login?.[3]);
  draft.text('observer.ingress.interface.name', login?.[4]);
  setHost(draft, 'destination', login?.[5]);
  draft.text('network.protocol', login?.[6]);
  setUser(draft, login?.[7] ?? uname?.[3]);
  return true;
};

const COMMAND =
  /^User '([^']{1,128})'(?:, running '([^']{0,64})' from IP ([\da-fA-F.:]{2,45}),)? executed (?:the |cmd: )?'?(.{0,1024})/;

/** 111008, 111009, 111010: a command was entered; 111009 is one that only shows. */
export const readCommand: MessageReader = (text, draft) => {
  const m = COMMAND.exec(text);
  if (!m) return false;
  setKind(draft, 'configuration', text.includes(' executed cmd: ') ? 'access' : 'change', 'executed');
  setUser(draft, m[1]);
  draft.label('application', m[2]);
  // The console's own commands come `from IP 0.0.0.0`.
  if (m[3] !== '0.0.0.0') draft.ip('source.ip', m[3]);
  draft.label('command', m[4]?.replace(/'(?: command\.?)?$/, ''));
  return true;
};

function setVpnUser(draft: EventDraft, group?: string, user?: string, address?: string): void {
  draft.text('user.group.name', group);
  setUser(draft, user);
  draft.ip('source.ip', address);
}
