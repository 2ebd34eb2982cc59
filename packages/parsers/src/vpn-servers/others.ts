import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';

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
