import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';

/** A client in front of its lines: `ayse/203.0.113.9:37849 `, `203.0.113.9:37849 `, `Ayse Yilmaz/udp4:203.0.113.9:37849 `. */
const CLIENT =
  /^(?:([^/ ]{1,128}|[^/:[\]>]{1,128})\/)?(?:(?:udp|tcp)[46]?(?:-server)?:|\[AF_INET6?\])?(\[?[\da-fA-F.:]{2,45}\]?:\d{1,5}) /;
const INITIATED = /^\[([^\]]{0,128})\] Peer Connection Initiated with \[AF_INET6?\](\[?[\da-fA-F.:]{2,60}\]?)/;
const POOL = /^MULTI_sva: pool returned IPv4=([\d.]{7,15}|[^,]{1,32}), IPv6=([\da-fA-F:]{2,45}|.{1,32})/;
const VIRTUAL = /^MULTI: primary virtual IP for .{1,200}?: ([\d.]{7,15})$/;
const LEARN = /^MULTI: Learn: ([\da-fA-F.:]{2,45}) -> /;
const GONE =
  /^(?:\[([^\]]{0,128})\] )?(SIGTERM\[[^\]]{1,64}\]|SIGUSR1\[[^\]]{1,64}\]|Inactivity timeout(?: \([^)]{1,32}\))?|Connection reset)(?:,? |$)/;
const VERIFIED = /^TLS: (?:Username\/Password|Auth) authentication (succeeded|failed)(?:[^']{0,64}'([^']{1,128})')?/;
const FAILED =
  /^(?:TLS Auth Error: (.{1,200})|(AUTH_FAILED)|VERIFY (?:SCRIPT )?ERROR: (.{1,200})|TLS Error: (.{1,200}))/;
/** openvpn-auth-ldap: `Incorrect password supplied for LDAP DN "CN=ayse,OU=…".`, `LDAP user "ayse" was not found.`, `Unable to bind as ayse` */
const LDAP =
  /^(?:(Incorrect password) supplied for LDAP DN "(?:CN|cn|UID|uid)=([^",]{1,128})[^"]{0,512}"|LDAP user "([^"]{1,128})" (was not found)|(Unable to bind) as ([^ ]{1,256})|(LDAP bind failed: [^(]{1,128}?)(?: \(|$))/;
/** The answer of a plugin or a page on the web is awaited. */
const DEFERRED = /^TLS: Username\/Password authentication deferred for username '([^']{1,128})'/;
/** Where a packet came from that belongs to no client yet. */
const PEER = /\[AF_INET6?\](\[?[\da-fA-F.:]{2,60}\]?)/;
/** Scripts of pfSense and OPNsense beside the server. */
const USER = /^user '([^']{1,128})' (authenticated|could not authenticate)(?: using '([^']{1,128})')?/;
const PFSENSE =
  /^openvpn server '([^']{1,64})' user '([^']{0,128})' address '(\[?[\da-fA-F.:]{2,45}\]?(?::\d{1,5})?)'(?: -)? (connecting|connected|disconnected)/;

/** OpenVPN's server (multi.c, ssl.c). All lines of one connection have the session id `user/address:port`. */
export function readOpenVpn(text: string, draft: EventDraft): boolean {
  return readScript(text, draft) || readServer(text, draft);
}

function readScript(text: string, draft: EventDraft): boolean {
  const user = USER.exec(text);
  if (user) {
    setKind(draft, 'authentication', 'start', 'login', user[2] === 'authenticated' ? 'success' : 'failure');
    draft.text('user.name', user[1]);
    draft.label('authentication', user[3]);
    return true;
  }
  const m = PFSENSE.exec(text);
  if (!m) return false;
  const word = m[4] as string;
  if (word === 'disconnected') setKind(draft, 'authentication', 'end', word);
  else
    setKind(
      draft,
      'authentication',
      word === 'connected' ? 'start' : 'info',
      word,
      word === 'connected' ? 'success' : undefined,
    );
  draft.label('server', m[1]);
  draft.text('user.name', m[2]);
  setAddress(m[3] as string, draft);
  return true;
}

/** Releases differ in whether the port stands behind it. */
function setAddress(written: string, draft: EventDraft): void {
  const endpoint = readEndpoint(written);
  draft.ip('source.ip', endpoint?.ip ?? written);
  draft.port('source.port', endpoint?.port);
}

function readServer(text: string, draft: EventDraft): boolean {
  const client = CLIENT.exec(text);
  const said = client ? text.slice(client[0].length) : text;
  const address = client?.[2] === undefined ? undefined : readEndpoint(client[2], true);
  const peer = INITIATED.exec(said);
  const user = client?.[1] ?? peer?.[1] ?? GONE.exec(said)?.[1];
  if (address) {
    draft.ip('source.ip', address.ip);
    draft.port('source.port', address.port);
    if (user !== undefined && user !== '') draft.text('logmaster.session.id', `${user}/${address.ip}:${address.port}`);
  }
  draft.text('user.name', user);
  if (peer) {
    setKind(draft, 'authentication', 'start', 'connected', 'success');
    return true;
  }
  if (readAddress(said, draft) || readFailure(said, draft) || readEnd(said, draft)) return true;
  if (!address) setPeer(said, draft);
  return false;
}

/** The address inside the tunnel is the one that later traffic comes from; the client's own becomes a label. */
function readAddress(said: string, draft: EventDraft): boolean {
  const pool = POOL.exec(said);
  const one = pool ? null : (VIRTUAL.exec(said) ?? LEARN.exec(said));
  if (!pool && !one) return false;
  const { event } = draft;
  setKind(draft, 'authentication', 'start', 'assigned', 'success');
  if (event['source.ip'] !== undefined) draft.label('client_ip', `${event['source.ip']}`);
  if (event['source.port'] !== undefined) draft.label('client_port', `${event['source.port']}`);
  draft.drop('source.ip');
  draft.drop('source.port');
  const v6 = pool?.[2]?.includes(':') === true ? pool[2] : undefined;
  const v4 = pool?.[1]?.includes('.') === true ? pool[1] : one?.[1];
  draft.ip('source.ip', v4 ?? v6);
  if (v4 !== undefined) draft.label('assigned_ipv6', v6);
  return true;
}

function readFailure(said: string, draft: EventDraft): boolean {
  const verified = VERIFIED.exec(said);
  if (verified) {
    setKind(draft, 'authentication', 'start', 'login', verified[1] === 'succeeded' ? 'success' : 'failure');
    draft.text('user.name', verified[2]);
    return true;
  }
  const deferred = DEFERRED.exec(said);
  if (deferred) {
    setKind(draft, 'authentication', 'info', 'login deferred');
    draft.text('user.name', deferred[1]);
    return true;
  }
  const ldap = LDAP.exec(said);
  if (ldap) {
    setKind(draft, 'authentication', 'start', 'login', 'failure');
    draft.text('user.name', ldap[2] ?? ldap[3] ?? ldap[6]);
    draft.text('event.reason', ldap[1] ?? ldap[4] ?? ldap[5] ?? ldap[7]);
    return true;
  }
  const m = FAILED.exec(said);
  if (!m) return false;
  setKind(draft, 'authentication', 'start', 'login', 'failure');
  draft.text('event.reason', m[1] ?? m[2] ?? m[3] ?? m[4]);
  setPeer(said, draft);
  return true;
}

function readEnd(said: string, draft: EventDraft): boolean {
  const m = GONE.exec(said);
  if (!m) return false;
  setKind(draft, 'authentication', 'end', 'disconnected');
  draft.text('event.reason', m[2]);
  return true;
}

function setPeer(said: string, draft: EventDraft): void {
  const peer = PEER.exec(said)?.[1];
  const address = peer === undefined ? undefined : readEndpoint(peer, true);
  draft.ip('source.ip', address?.ip);
  draft.port('source.port', address?.port);
}
