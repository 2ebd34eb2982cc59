import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import { canonicalIp } from '../values/ip.ts';

/**
 * The standard format: `2026-11-23 19:56:31 - vpn1 - [203.0.113.9] Root::ayse(Personel)[Users][f7ff88e33e] - Login succeeded …`:
 * node, the client's address, virtual system, user, realm, roles and, since release 22, the session.
 */
const LINE =
  /^(?:- - - )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d - ([^ ]{1,128}) - \[([\da-fA-F.:]{2,45})\] (?:([^:(]{1,64})::)?([^([]{0,128})\(([^)]{0,128})\)\[([^\]]{0,512})\](?:\[(\w{0,64})\])? - (.{1,1024})$/s;
/** The log's own code before the words in WELF: `AUT24326: Primary authentication successful …` */
const CODE = /^([A-Z]{3}\d{5}): /;
const SESSION = /\(session: ?(\w{1,64})\)/;
const FROM = / from ([\da-fA-F.:]{2,45})(?=[ .,]|$)/;
const TUNNEL =
  /^VPN Tunneling: Session (started|ended) .{0,128}?with IPv[46] address ([\da-fA-F.:]{2,45})(?:, hostname (.{1,128}))?/;
const REASON = / {1,2}Reason: '?(.{1,128}?)'?\.?$/;
const WEB =
  /^WebRequest (ok|denied|failed|completed) ?: ?Host: \[?([^\],]{1,255})\]?, Request: ([A-Z]{3,16}) ([^ ]{1,1024})/;

/** Ivanti Connect Secure, before it Pulse Connect Secure and Juniper's Secure Access. */
export function readIvanti(text: string, draft: EventDraft): boolean {
  const m = LINE.exec(text);
  if (!m) return false;
  const [, node, client, system, user = '', realm, roles, session, words = ''] = m;
  draft.text('observer.name', node);
  // The machine's own remarks have its name and address there.
  const isOwn = user === 'System' && realm === '';
  draft.ip(isOwn ? 'observer.ip' : 'source.ip', client);
  draft.label('virtual_system', system);
  draft.label('realm', realm);
  draft.label('roles', roles);
  if (user !== 'System') account(draft, user);
  readIvantiWords(words, draft);
  draft.text('logmaster.session.id', session);
  return true;
}

/** The words of a message, in whatever format it came. */
export function readIvantiWords(said: string, draft: EventDraft): void {
  const code = CODE.exec(said);
  draft.text('event.code', code?.[1]);
  const words = code ? said.slice(code[0].length) : said;
  draft.text('logmaster.session.id', SESSION.exec(words)?.[1]);
  if (readTunnel(words, draft) || readWeb(words, draft)) return;
  if (/^Login succeeded/.test(words)) setKind(draft, 'authentication', 'start', 'login', 'success');
  else if (/^Login failed/.test(words)) setKind(draft, 'authentication', 'start', 'login', 'failure');
  else if (/^(?:Primary|Secondary) authentication (?:successful|failed)/.test(words)) {
    const failed = words.includes(' failed');
    setKind(draft, 'authentication', failed ? 'start' : 'info', 'authentication', failed ? 'failure' : 'success');
  } else if (/^Logout|^Session timed out|^Max session timeout|^Session ended|^Session .{0,64}?terminated/.test(words))
    setKind(draft, 'authentication', 'end', words.startsWith('Logout') ? 'logout' : 'session timed out');
  else return;
  const from = FROM.exec(words)?.[1];
  if (from !== undefined && canonicalIp(from) !== undefined) draft.ip('source.ip', from);
  draft.text('event.reason', REASON.exec(words)?.[1]);
}

/** The address inside the tunnel is the one that later traffic comes from; the client's own becomes a label. */
function readTunnel(words: string, draft: EventDraft): boolean {
  const m = TUNNEL.exec(words);
  if (!m) return false;
  const [, word, address, host] = m;
  setKind(draft, 'session', word === 'started' ? 'start' : 'end', `tunnel ${word}`);
  const client = draft.event['source.ip'];
  if (client !== undefined) draft.label('client_ip', `${client}`);
  draft.ip('source.ip', address);
  draft.text('host.name', host?.trim());
  return true;
}

function readWeb(words: string, draft: EventDraft): boolean {
  const m = WEB.exec(words);
  if (!m) return false;
  const done = m[1] === 'ok' || m[1] === 'completed';
  setKind(draft, 'web', done ? 'allowed' : 'denied', 'request', done ? 'success' : 'failure');
  draft.text('url.domain', m[2]?.toLowerCase());
  draft.text('http.request.method', m[3]);
  draft.text('url.original', m[4]);
  draft.text('url.path', m[4]?.split('?', 1)[0]);
  return true;
}
