import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { canonicalIp } from '../values/ip.ts';
import { says, setCaller, setUser } from './slots.ts';

const HOTSPOT =
  /^(?:([^():]{1,48}): )?(.{1,128}?) \(([\da-fA-F.:]{2,45})\): (logged in|logged out|login failed|trying to log in)(?: by ([\w-]{1,32}))?(?:: (.{1,256}))?/;

/** Devices that the HotSpot sees before anybody logs in there. */
const HOSTS = [
  says(['network', 'start', 'host detected'], '{server}: new host detected {mac}/{source.ip} by {seen}'),
  says(['network', 'end', 'host removed'], '{server}: dynamic host {source.ip} removed: {reason}'),
];

/** `ayse (10.5.0.9): logged out: keepalive timeout` */
export function readHotspot(text: string, draft: EventDraft): boolean {
  const m = HOTSPOT.exec(text);
  if (!m) return HOSTS.some((read) => read(text, draft));
  const said = m[4] as string;
  if (said === 'logged out') setKind(draft, 'authentication', 'end', said);
  else if (said === 'trying to log in') setKind(draft, 'authentication', 'info', said);
  else setKind(draft, 'authentication', 'start', said, said === 'logged in' ? 'success' : 'failure');
  // `->` is the prefix of the logging rule that HotSpot's own setup makes.
  if (m[1] !== '->') draft.label('prefix', m[1]);
  setUser(draft, m[2] as string);
  draft.ip('source.ip', m[3]);
  draft.label('method', m[5]);
  draft.text('event.reason', m[6]);
  return true;
}

const ADMIN =
  /^(?:user (.{1,128}?) (logged in|logged out)|(login failure) for user (.{0,128}?)) (?:from ([\w.:-]{2,64}) )?(?:by ([\w.:-]{2,64}) )?via ([\w -]{1,32})/;
/** Without the service, as older versions and some tools write it. */
const SHORT =
  /^(?:user (\S{1,128}) (logged in|logged out)|(login failure) for user (\S{0,128}))(?: from ([\w.:-]{2,64}))?\.?$/;

/** Ways in that use no network. */
const ON_THE_SPOT = new Set(['local', 'console', 'serial']);

/** `user admin logged in from 10.0.0.5 via winbox`, `login failure for user root from 203.0.113.9 via ssh`; the place may be a MAC. */
export function readAdmin(text: string, draft: EventDraft): boolean {
  const m = ADMIN.exec(text) ?? SHORT.exec(text);
  if (!m) return false;
  const said = (m[2] ?? m[3]) as string;
  if (said === 'logged out') setKind(draft, 'authentication', 'end', said);
  else setKind(draft, 'authentication', 'start', said, said === 'logged in' ? 'success' : 'failure');
  draft.text('user.name', m[1] ?? m[4]);
  if (m[5] !== undefined) setCaller(draft, m[5]);
  draft.label('by', m[6]);
  const way = m[7]?.trim() ?? '';
  if (ON_THE_SPOT.has(way)) draft.label('method', way);
  else draft.text('network.protocol', way);
  return true;
}

const PPP_ACCOUNT =
  /^(.{1,128}?) logged (in|out), ([\d.a-fA-F:]{1,45}) ?(\d{1,16} \d{1,16} \d{1,16} \d{1,16})?(?: ?from ([^\s]{2,64}))?/;
const TUNNEL = /^(?:pppoe|l2tp|pptp|sstp|ovpn|ppp)-/;
const PPP_STATE =
  /^<([^>]{1,128})>: (?:user (\S{1,128}) )?(authenticated|connected|disconnected|terminating|authentication failed)(?:.{0,3}?- (.{1,128}))?/;
const OTHERS = [
  says(
    ['authentication', 'start', 'authentication failed', 'failure'],
    'user {user} authentication failed[ - {reason}]',
  ),
  says(['network', 'start', 'established'], 'TCP connection established from {tcp_caller}'),
  says(
    ['network', 'start', 'established'],
    'connection established from {caller}, port: {source.port} to {destination.ip}',
  ),
  says(['network', 'start', 'established'], '{protocol} connection established from {caller}'),
  says(['network', 'end', 'replaced'], '{protocol} connection from {caller} was already active - {reason}'),
  says(['network', 'info', 'first packet'], 'first {protocol} UDP packet received from {caller}'),
];

/** `ayse logged in, 10.8.0.5 from AA:BB:…` (account), `<pppoe-ayse>: connected` (state of the tunnel). */
export function readPpp(text: string, draft: EventDraft): boolean {
  const account = PPP_ACCOUNT.exec(text);
  if (account) {
    readAccount(account, draft);
    return true;
  }
  const state = PPP_STATE.exec(text);
  if (!state) return OTHERS.some((read) => read(text, draft));
  const said = state[3] as string;
  if (said === 'disconnected' || said === 'terminating') setKind(draft, 'authentication', 'end', said);
  else setKind(draft, 'authentication', 'start', said, said.endsWith('failed') ? 'failure' : 'success');
  const tunnel = state[1] as string;
  // A tunnel that nobody has signed in to yet has the other side's address for a name.
  const isAddress = canonicalIp(tunnel) !== undefined;
  if (isAddress) draft.ip('source.ip', tunnel);
  draft.text('user.name', state[2] ?? (isAddress ? undefined : tunnel.replace(TUNNEL, '')));
  draft.text('network.protocol', TUNNEL.exec(tunnel)?.[0].slice(0, -1));
  draft.text('event.reason', state[4]);
  return true;
}

/** In: the address given. Out: `<seconds> <bytes in> <bytes out> <packets in> <packets out>`. */
function readAccount(account: RegExpExecArray, draft: EventDraft): void {
  const [, user, way, first, totals, caller] = account;
  const entered = way === 'in';
  setKind(draft, 'authentication', entered ? 'start' : 'end', `logged ${way}`, entered ? 'success' : undefined);
  draft.text('user.name', user);
  if (entered) draft.ip('source.ip', first);
  else {
    draft.seconds(first);
    const [received, sent, packetsIn, packetsOut] = totals?.split(' ') ?? [];
    draft.long('source.bytes', received);
    draft.long('destination.bytes', sent);
    draft.long('source.packets', packetsIn);
    draft.long('destination.packets', packetsOut);
    addTotals(draft);
  }
  if (caller === undefined) return;
  // The address given is the session's; where the tunnel came from is its own matter.
  if (entered && first !== undefined && caller.includes('.')) draft.label('caller', caller);
  else setCaller(draft, caller);
}

const STATION =
  /^([\da-fA-F:]{17})@(.{1,64}?):? (connected|associated|reassociated|established connection|disconnected|disassociated|roamed|rejected|reauthenticating)(?:,? (.{1,200}))?/;
const LEFT = /^dis/;

/** `AA:BB:…@wlan1: connected, signal strength -60`, `AA:BB:…@wifi1 disassociated, connection lost`: who was at which access point. */
export function readStation(text: string, draft: EventDraft): boolean {
  const m = STATION.exec(text);
  if (!m) return false;
  const said = m[3] as string;
  if (said === 'rejected') setKind(draft, 'session', 'denied', said, 'failure');
  else setKind(draft, 'session', LEFT.test(said) ? 'end' : /^r[eo]/.test(said) ? 'info' : 'start', said);
  draft.mac('source.mac', m[1]);
  draft.text('observer.ingress.interface.name', m[2]);
  const signal = /signal strength (-\d{1,3})/.exec(m[4] ?? '')?.[1];
  draft.label('signal', signal);
  draft.text('event.reason', m[4]?.replace(/,? ?signal strength -\d{1,3}/, ''));
  return true;
}
