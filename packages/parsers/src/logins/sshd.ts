import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';

const PEER = String.raw`(?:::ffff:)?([\w.:%-]{1,255}?)`;
/** `Accepted publickey for ayse from 10.0.0.5 port 51514 ssh2: RSA SHA256:…`, `Failed password for invalid user x from …` */
const ATTEMPT =
  /^(Accepted|Failed|Postponed|Partial) ([\w/-]{1,64}) for (invalid user |illegal user )?(.{0,256}) from (?:::ffff:)?([\w.:%-]{1,255})(?: port (\d{1,5}))?(?: ssh2?)?(?: \[preauth\])?(?:: ?(.{1,256}))?/;
/** `Invalid user x from 203.0.113.9 port 40001`, older: without a port. A name may be empty or hold blanks. */
const INVALID = new RegExp(String.raw`^(?:Invalid|Illegal) user (.{0,256}?) ?from ${PEER}(?: port (\d{1,5}))?$`);
/**
 * `Disconnected from user ayse 10.0.0.5 port 51514`, `Connection closed by authenticating user root 203.0.113.9 port 1
 * [preauth]`, `Received disconnect from 10.0.0.5 port 51514:11: disconnected by user`, `Connection reset by …`.
 */
const GONE = new RegExp(
  String.raw`^(Disconnected from|Received disconnect from|Connection closed by|Connection reset by|Disconnecting|Timeout, client not responding from|Close session: user (.{1,128}) from)(?: (?:(authenticating|invalid) )?user (.{0,256}?))? ${PEER}(?: port (\d{1,5}))?(?:: ?(?:\d{1,3}:)? ?(.{0,256}?))?(?: (\[preauth\]))?$`,
);
const NOT_ALLOWED = new RegExp(
  `^User (.{1,256}?)(?: from ${PEER})? not allowed because (.{1,256}?)(?: \\[preauth\\])?$`,
);
const ROOT_REFUSED = new RegExp(String.raw`^ROOT LOGIN REFUSED FROM ${PEER}(?: port (\d{1,5}))?(?: \[preauth\])?$`);
/** libwrap's, with what the peer's ident server says before the address. */
const WRAPPED = /^refused connect from (?:.{0,256} \(([\da-fA-F.:]{2,45})\)|([\w.:-]{1,255}))$/;
/** Before OpenSSH 7.5, whose successor names the peer. */
const TOO_MANY = /^Disconnecting: (Too many authentication failures)(?: for (.{1,256}?))?(?: \[preauth\])?$/;
const EXCEEDED = new RegExp(
  String.raw`^maximum authentication attempts exceeded for (?:invalid user )?(.{0,256}?) from ${PEER} port (\d{1,5})`,
);
const PAM_ERROR = new RegExp(
  String.raw`^PAM: (.{1,128}?) for (?:illegal user |invalid user )?(.{0,256}?) from ${PEER}(?: via [\w.:%-]{1,255})?$`,
);
/** `Unable to negotiate with 203.0.113.9 port 40001: no matching cipher found. …`, `Read error from remote host …` */
const NEGOTIATION = new RegExp(
  String.raw`^(Unable to negotiate with|Read error from remote host|ssh_dispatch_run_fatal: Connection from) ${PEER}(?: port (\d{1,5}))?: ?(.{1,256})$`,
);
const SOLARIS = /^\[ID \d{1,8} [\w.]{1,32}\] /;
const SESSION = new RegExp(String.raw`^Starting session: (.{1,128}?) for (.{1,256}?) from ${PEER} port (\d{1,5})`);
const CONNECTION = new RegExp(
  String.raw`^Connection from ${PEER}(?:$| port (\d{1,5}))(?: on ([\da-fA-F.:]{2,45}) port (\d{1,5}))?`,
);
const NO_IDENTIFICATION = new RegExp(
  String.raw`^(Did not receive identification string|Bad protocol version identification .{0,128}?|kex_exchange_identification|banner exchange):? ?(?:(?:Connection )?(?:from|closed by|reset by) )${PEER}(?: port (\d{1,5}))?(?::|$)`,
);

/** The same without an address, which stands in the process' other lines. */
const NO_EXCHANGE = /^(?:kex_exchange_identification: (.{1,256})|(no matching .{1,256}))$/;
/** sshd's levels above `info` stand before its words. */
const LEVEL = /^(?:error|fatal): /;

/** `Address 203.0.113.9 maps to x, but this does not map back …`, `reverse mapping checking getaddrinfo for x [203.0.113.9] failed` */
const REVERSE =
  /^(?:Address ([\da-fA-F.:]{2,45}) maps to|reverse mapping checking getaddrinfo for .{1,255} \[([\da-fA-F.:]{2,45})\] failed)/;
const AUTH_REQUEST = /^input_userauth_request: invalid user (.{0,128}?)(?: \[preauth\])?$/;

/** OpenSSH's server (auth.c, packet.c, sshd.c). */
export function readSshd(written: string, draft: EventDraft): boolean {
  draft.event['network.protocol'] = 'ssh';
  const solaris = SOLARIS.exec(written);
  const said = solaris ? written.slice(solaris[0].length) : written;
  const text = said.replace(LEVEL, '');
  return readAttempt(text, draft) || readEnd(text, draft) || readRefusal(text, draft) || readConnection(text, draft);
}

function readAttempt(text: string, draft: EventDraft): boolean {
  const m = ATTEMPT.exec(text);
  if (!m) return false;
  const word = (m[1] as string).toLowerCase();
  const outcome = word === 'accepted' ? 'success' : word === 'failed' ? 'failure' : undefined;
  // The first of several methods: neither logged in nor refused yet.
  setKind(draft, 'authentication', outcome === undefined ? 'info' : 'start', word, outcome);
  draft.label('method', m[2]);
  if (m[3] !== undefined) draft.text('event.reason', 'invalid user');
  draft.text('user.name', m[4]);
  setPeer(draft, m[5], m[6]);
  draft.label('key', m[7]);
  return true;
}

function readEnd(text: string, draft: EventDraft): boolean {
  const m = GONE.exec(text);
  if (!m) return false;
  const [, words = '', , state, user, peer, port, reason, preauth] = m;
  setKind(draft, 'authentication', 'end', endWord(words));
  // Before the login nothing began that could end.
  if (state !== undefined || preauth !== undefined) draft.event['event.type'] = 'info';
  draft.text('user.name', user);
  setPeer(draft, peer, port);
  draft.text('event.reason', reason);
  return true;
}

/** `Connection closed by` → `connection closed`, `Close session: user x from` → `close session` */
function endWord(words: string): string {
  const word = words.split(/[,:]/, 1)[0] as string;
  return word.toLowerCase().replace(/ (?:from|by)$/, '');
}

function readRefusal(text: string, draft: EventDraft): boolean {
  const invalid = INVALID.exec(text);
  const refused = invalid ? null : NOT_ALLOWED.exec(text);
  const exceeded = invalid || refused ? null : EXCEEDED.exec(text);
  const m = invalid ?? refused ?? exceeded;
  if (!m) return readPamError(text, draft) || readRefused(text, draft);
  setKind(draft, 'authentication', 'start', invalid ? 'invalid user' : refused ? 'not allowed' : 'failed', 'failure');
  draft.text('user.name', m[1]);
  setPeer(draft, m[2], refused ? undefined : m[3]);
  draft.text('event.reason', invalid ? 'invalid user' : refused ? m[3] : 'maximum authentication attempts exceeded');
  return true;
}

function readRefused(text: string, draft: EventDraft): boolean {
  const root = ROOT_REFUSED.exec(text);
  if (root) {
    setKind(draft, 'authentication', 'start', 'not allowed', 'failure');
    draft.text('user.name', 'root');
    setPeer(draft, root[1], root[2]);
    draft.text('event.reason', 'root login refused');
    return true;
  }
  const many = TOO_MANY.exec(text);
  if (many) {
    setKind(draft, 'authentication', 'start', 'failed', 'failure');
    draft.text('event.reason', many[1]);
    draft.text('user.name', many[2]);
    return true;
  }
  const wrapped = WRAPPED.exec(text);
  if (!wrapped) return false;
  setKind(draft, 'network', 'denied', 'refused connect');
  setPeer(draft, wrapped[1] ?? wrapped[2], undefined);
  return true;
}

function readPamError(text: string, draft: EventDraft): boolean {
  const m = PAM_ERROR.exec(text);
  if (!m) return false;
  setKind(draft, 'authentication', 'start', 'failed', 'failure');
  draft.text('event.reason', m[1]);
  draft.text('user.name', m[2]);
  setPeer(draft, m[3], undefined);
  return true;
}

function readConnection(text: string, draft: EventDraft): boolean {
  const session = SESSION.exec(text);
  if (session) {
    setKind(draft, 'authentication', 'info', 'starting session');
    draft.text('event.reason', session[1]);
    draft.text('user.name', session[2]);
    setPeer(draft, session[3], session[4]);
    return true;
  }
  const connection = CONNECTION.exec(text);
  if (connection) {
    setKind(draft, 'network', 'info', 'connection');
    setPeer(draft, connection[1], connection[2]);
    draft.ip('destination.ip', connection[3]);
    draft.port('destination.port', connection[4]);
    return true;
  }
  const reverse = REVERSE.exec(text);
  if (reverse) {
    setKind(draft, 'network', 'info', 'reverse mapping failed');
    draft.ip('source.ip', reverse[1] ?? reverse[2]);
    return true;
  }
  const request = AUTH_REQUEST.exec(text);
  if (request) {
    setKind(draft, 'authentication', 'info', 'invalid user');
    draft.text('user.name', request[1]);
    return true;
  }
  const negotiation = NEGOTIATION.exec(text);
  const m = negotiation ?? NO_IDENTIFICATION.exec(text);
  if (!m) return readNoExchange(text, draft);
  setKind(draft, 'network', 'info', negotiation ? 'negotiation failed' : 'no identification');
  draft.text('event.reason', negotiation ? m[4] : m[1]);
  setPeer(draft, m[2], m[3]);
  return true;
}

function readNoExchange(text: string, draft: EventDraft): boolean {
  const m = NO_EXCHANGE.exec(text);
  if (!m) return false;
  setKind(draft, 'network', 'info', m[1] === undefined ? 'negotiation failed' : 'no identification');
  draft.text('event.reason', m[1] ?? m[2]);
  return true;
}

/** `UseDNS yes` writes names in the place of addresses; a link-local one has its zone behind a percent sign. */
export function setPeer(draft: EventDraft, peer: string | undefined, port: string | undefined): void {
  const address = peer?.split('%', 1)[0];
  if (address !== undefined && canonicalIp(address) === undefined) draft.text('source.domain', peer);
  else draft.ip('source.ip', address);
  draft.port('source.port', port);
}
