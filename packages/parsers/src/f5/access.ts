import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account, country } from '../event/setters.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;

/** Text after the session's id. False: it isn't worded so. */
type AccessReader = (said: string, draft: EventDraft) => boolean;

const NEW = new RegExp(
  String.raw`^New session from client IP (${ADDRESS})(?: \(([^)]{0,128})\))?(?: at VIP (${ADDRESS}))?(?: Listener (\S{1,256}))?`,
);

/** 01490500: `New session from client IP 203.0.113.9 (ST=…/CC=TR/C=EU) at VIP 198.51.100.20 Listener /Common/vpn …` */
const readNew: AccessReader = (said, draft) => {
  const m = NEW.exec(said);
  if (!m) return false;
  setKind(draft, 'network', 'start', 'new session');
  draft.ip('source.ip', m[1]);
  const code = /CC=([^/]{1,64})/.exec(m[2] ?? '')?.[1];
  if (code !== undefined) country('source')(draft, code);
  draft.ip('destination.ip', m[3]);
  draft.label('listener', m[4]);
  const user = /for user (\S{1,128})/.exec(said)?.[1];
  if (user !== undefined) account(draft, user);
  return true;
};

const NAMES = /^(?:Username '([^']{1,128})'|session\.logon\.\S{1,64} (?:is|set to) '?([^'\s]{1,128})'?)/;

/** 01490010, 01490113: who the session belongs to. */
const readName: AccessReader = (said, draft) => {
  const m = NAMES.exec(said);
  if (!m) return false;
  setKind(draft, 'authentication', 'info', 'username');
  account(draft, (m[1] ?? m[2]) as string);
  return true;
};

const CLIENT =
  /^Received client info - (?:Hostname: (\S{0,128}) )?(?:Type: (\S{1,32}) )?(?:Version: (\S{1,32}) )?(?:Platform: (\S{1,32}) )?/;

/** 01490248, 01490544 */
const readClient: AccessReader = (said, draft) => {
  const m = CLIENT.exec(said);
  if (!m) return false;
  setKind(draft, 'network', 'info', 'client info');
  draft.text('host.name', m[1]);
  draft.label('client_type', m[2]);
  draft.label('client_version', m[3]);
  draft.label('client_platform', m[4]);
  return true;
};

const ASSIGNED = new RegExp(
  String.raw`^Assigned PPP \w{1,16} IPv[46]: (${ADDRESS})(?: Tunnel Type: (\S{1,64}))?(?: (?:NA )?Resource: (\S{1,256}))?(?:.{0,64}? Client IP: (${ADDRESS}))?`,
);

/** 01490549: the address that the person got inside the tunnel. */
const readAssigned: AccessReader = (said, draft) => {
  const m = ASSIGNED.exec(said);
  if (!m) return false;
  setKind(draft, 'authentication', 'start', 'assigned', 'success');
  draft.label('assigned_ip', m[1]);
  draft.label('tunnel_type', m[2]);
  draft.label('resource', m[3]);
  draft.ip('source.ip', m[4]);
  return true;
};

const RESULT = /^Access policy result: (\S{1,128})/;

/** 01490102: `Logon_Deny` refuses, everything else lets in. */
const readResult: AccessReader = (said, draft) => {
  const m = RESULT.exec(said);
  if (!m) return false;
  const word = m[1] as string;
  setKind(draft, 'authentication', 'start', word.toLowerCase(), /deny|fail|reject/i.test(word) ? 'failure' : 'success');
  return true;
};

const AGENT =
  /^(?:(\w{2,16}) (?:agent|module): )?(?:Auth \([^)]{1,64}\): )?authenticat(?:e|ion) with '([^']{1,128})' (successful|failed)(?:[:,] ?(.{1,256}))?/i;

/** 01490017, 01490107: `AD agent: Auth (logon attempt:0): authenticate with 'ayse' successful` */
const readAgent: AccessReader = (said, draft) => {
  const m = AGENT.exec(said);
  if (!m) return false;
  const ok = (m[3] as string).toLowerCase() === 'successful';
  setKind(draft, 'authentication', 'start', ok ? 'successful' : 'failed', ok ? 'success' : 'failure');
  draft.label('agent', m[1]);
  account(draft, m[2] as string);
  draft.text('event.reason', m[4]);
  return true;
};

const STATISTICS = /^Session statistics - bytes in: ?(\d{1,16}), bytes out: ?(\d{1,16})/;

/** 01490521 */
const readStatistics: AccessReader = (said, draft) => {
  const m = STATISTICS.exec(said);
  if (!m) return false;
  setKind(draft, 'network', 'info', 'session statistics');
  draft.long('source.bytes', m[1]);
  draft.long('destination.bytes', m[2]);
  return true;
};

const DELETED = /^Session deleted(?: (?:due to|for) (.{1,128}?))?\.?$/;

/** 01490501, 01490502 */
const readDeleted: AccessReader = (said, draft) => {
  const m = DELETED.exec(said.slice(0, 256));
  if (!m) return false;
  setKind(draft, 'authentication', 'end', 'session deleted');
  draft.text('event.reason', m[1]);
  return true;
};

const TUNNEL = /^(?:PPP|VPN|Tunnel) ?tunnel \S{1,64} (started|closed)/i;

/** 01490505 */
const readTunnel: AccessReader = (said, draft) => {
  const m = TUNNEL.exec(said);
  if (!m) return false;
  const word = (m[1] as string).toLowerCase();
  setKind(draft, 'network', word === 'started' ? 'start' : 'end', `tunnel ${word}`);
  return true;
};

const READERS = [
  readNew,
  readName,
  readClient,
  readAssigned,
  readResult,
  readAgent,
  readStatistics,
  readDeleted,
  readTunnel,
];
/** `/Common/vpn:Common:18648c83: ` since version 11.5, `18648c83: ` before. */
const SESSION = /^(?:([^\s:]{1,128}):([^\s:]{1,64}):)?([\da-f]{8}): /;

/** APM (0149…): each message carries the session's id, which links them. */
export function readAccess(said: string, draft: EventDraft): void {
  const session = SESSION.exec(said);
  draft.label('access_profile', session?.[1]);
  draft.text('logmaster.session.id', session?.[3]);
  const text = session ? said.slice(session[0].length) : said;
  READERS.some((reader) => reader(text, draft));
}
