import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { canonicalMac } from '../values/mac.ts';

/** `main[ayse]:203.0.113.9:40001 user logged in`, `… user disconnected (reason: user disconnected, rx: 10, tx: 20)` */
const OCSERV =
  /^(?:main|worker|sec-mod)(?:\[([^\]]{0,128})\])?: ?(\[?[\da-fA-F.:]{2,60}\]?)? ?(user (?:logged in|disconnected)|new user session|failed authentication|.{0,64}?authentication failed|sending IPv[46] (?=[\da-fA-F.:]{2,45}$)|.{0,64}?assigning (?:IPv4|IPv6|ip))(?:.{0,16}?\(reason: ([^,)]{1,128})(?:, rx: (\d{1,16}), tx: (\d{1,16}))?\))?(?:[^\d]{0,16}?([\da-fA-F.:]{7,45}))?/i;

/** OpenConnect's server (main-auth.c, main-worker-cmd.c); rx and tx are the server's. */
export function readOcserv(text: string, draft: EventDraft): boolean {
  const m = OCSERV.exec(text);
  if (!m) return false;
  const [, user, peer, said = '', reason, received, sent, given] = m;
  const word = said.toLowerCase();
  const address = peer === undefined ? undefined : readEndpoint(peer, true);
  draft.text('user.name', user);
  draft.ip('source.ip', address?.ip);
  draft.port('source.port', address?.port);
  if (word.includes('disconnected')) setKind(draft, 'authentication', 'end', 'disconnected');
  else if (word.includes('failed')) setKind(draft, 'authentication', 'start', 'login', 'failure');
  else if (/assigning|sending/.test(word)) {
    setKind(draft, 'authentication', 'start', 'assigned', 'success');
    draft.label('client_ip', address?.ip);
    draft.ip('source.ip', given);
  } else setKind(draft, 'authentication', 'start', 'login', 'success');
  draft.text('event.reason', reason);
  draft.long('source.bytes', received);
  draft.long('destination.bytes', sent);
  return true;
}

const PPP_USER =
  /^(?:(CHAP|PAP|EAP)(?: peer)? authentication (succeeded|failed) for '?([^']{1,128}?)'?$|user ([^ ]{1,128}) logged (in|out) on tty ([^ ]{1,64}))/;
/** Debugging, and plugins that know where the call came from. */
const PPP_NAME = /^rcvd \[(CHAP|PAP|EAP) .{0,128}?name ?= ?"([^"]{1,128})"/;
const PPP_CALLER = /^peer from calling number ([\da-fA-F.:]{2,45}) authorized/;
const PPP_TIME = /^Connect time (\d{1,8}(?:\.\d{1,3})?) minutes/;
const PPP_REMOTE = /^remote IP address ([\d.]{7,15})/;
const PPP_BYTES = /^Sent (\d{1,16}) bytes, received (\d{1,16}) bytes/;
const PPP_END = /^(?:Connection terminated|Modem hangup|LCP terminated by peer|Terminating on signal (\d{1,2}))/;

/** pppd, under xl2tpd, pptpd or PPPoE: the lines of one session have the same process id. */
export function readPppd(text: string, draft: EventDraft): boolean {
  const pid = draft.event['log.syslog.procid'];
  if (pid !== undefined) draft.text('logmaster.session.id', `pppd ${pid}`);
  const user = PPP_USER.exec(text);
  if (user) {
    const failed = user[2] === 'failed';
    if (user[5] === 'out') setKind(draft, 'authentication', 'end', 'logout');
    else setKind(draft, 'authentication', 'start', 'login', failed ? 'failure' : 'success');
    draft.text('user.name', user[3] ?? user[4]);
    draft.label('method', user[1]);
    return true;
  }
  const remote = PPP_REMOTE.exec(text);
  if (remote) {
    setKind(draft, 'network', 'start', 'assigned');
    draft.ip('source.ip', remote[1]);
    return true;
  }
  if (readPppdRemark(text, draft)) return true;
  const bytes = PPP_BYTES.exec(text);
  if (!bytes && !PPP_END.test(text)) return false;
  setKind(draft, 'network', 'end', 'disconnected');
  draft.long('destination.bytes', bytes?.[1]);
  draft.long('source.bytes', bytes?.[2]);
  return true;
}

function readPppdRemark(text: string, draft: EventDraft): boolean {
  const name = PPP_NAME.exec(text);
  if (name) {
    setKind(draft, 'authentication', 'info', 'response');
    draft.label('method', name[1]);
    draft.text('user.name', name[2]);
    return true;
  }
  const caller = PPP_CALLER.exec(text)?.[1];
  if (caller !== undefined) {
    setKind(draft, 'authentication', 'start', 'authorized', 'success');
    // PPPoE knows a MAC, PPTP an address.
    if (canonicalMac(caller) === undefined) draft.ip('source.ip', caller);
    else draft.mac('source.mac', caller);
    return true;
  }
  const minutes = PPP_TIME.exec(text)?.[1];
  if (minutes === undefined) return false;
  setKind(draft, 'network', 'end', 'disconnected');
  draft.duration(Math.round(Number(minutes) * 60) * 1e9);
  return true;
}

const WIREGUARD =
  /^wireguard: ([\w.-]{1,16}): (.{1,128}?) (?:from|to|for|with)? ?peer (\d{1,10}|[\w+/=]{8,44}) ?\(?(\[?[\da-fA-F.:]{2,60}\]?)?(?:%\w{1,16})?\)?/;

/** WireGuard in the kernel with dynamic debugging; it names peers by number and address, never by user. */
export function readWireGuard(text: string, draft: EventDraft): boolean {
  const m = WIREGUARD.exec(text);
  if (!m) return false;
  const endpoint = m[4] === undefined ? undefined : readEndpoint(m[4], true);
  setKind(draft, 'network', 'info', (m[2] as string).toLowerCase().replace(/ \d{1,10}/g, ''));
  draft.event['network.protocol'] = 'wireguard';
  draft.text('observer.ingress.interface.name', m[1]);
  draft.label('peer', m[3]);
  draft.ip('source.ip', endpoint?.ip);
  draft.port('source.port', endpoint?.port);
  return true;
}
