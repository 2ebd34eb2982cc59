import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

const IP = String.raw`([\da-fA-F.:]{2,45})`;
const OPENED = new RegExp(
  `^(?:Connection|Call) established (?:to|with) ${IP}(?:, (\\d{1,5})|, Local: \\d{1,10}, Remote: \\d{1,10}, Serial: (-?\\d{1,10}))?`,
);
const CLOSED = new RegExp(
  `^(?:\\w{1,32}: )?(?:Connection|Call) closed (?:to|with) ${IP}(?:, (?:port (\\d{1,5}) )?(?:serial (-?\\d{1,10}))? ?\\((.{0,128})\\))?`,
);
/** `CTRL: Client 203.0.113.9 control connection started` (pptpd, ctrlpacket.c) */
const PPTP = new RegExp(`^CTRL: Client ${IP} control connection (started|finished)`);

/** xl2tpd (control.c, call.c) and pptpd: tunnels, whose users pppd names. */
export function readL2tp(text: string, draft: EventDraft): boolean {
  const opened = OPENED.exec(text);
  const closed = opened ? null : CLOSED.exec(text);
  const pptp = opened || closed ? null : PPTP.exec(text);
  const m = opened ?? closed ?? pptp;
  if (!m) return false;
  const begins = opened !== null || pptp?.[2] === 'started';
  setKind(draft, 'network', begins ? 'start' : 'end', begins ? 'tunnel established' : 'tunnel closed');
  draft.text('network.protocol', pptp ? 'pptp' : 'l2tp');
  draft.ip('source.ip', m[1]);
  if (pptp) return true;
  draft.port('source.port', m[2]);
  draft.label('serial', m[3]);
  draft.text('event.reason', closed?.[4]);
  return true;
}

/** mpd5's words behind the name of a link, a bundle or an interface: `[wan_link0] …`, `[l2tp_b0] …`. */
const MPD_HEAD = /^\[([\w.-]{1,48})\] (?:(?:IPCP|IPV6CP|IFACE|LCP|PPPoE|L2TP|PPTP|AUTH|CHAP|PAP|EAP): )?/;
const MPD_USER = /^(?:\w{1,16}: )?(?:Name|rec'd user): "?([^" ]{1,128})"?/;
const MPD_AUTH =
  /^(?:Auth return status|Auth|Response is): ?(?:authenticated|valid|(undefined|failed|not authenticated|invalid))/i;
const MPD_FAILED = /(?:authorization|authentication) failed|Invalid (?:response|secret|password)|unknown user/i;
const MPD_ADDRESSES = new RegExp(`^ {0,4}${IP} -> ${IP}$`);
const MPD_PEER = new RegExp(
  `(?:Incoming|Initiating|Accepting).{0,48}? (?:connection|call).{0,24}? (?:from|via|to|by) ${IP}(?: (\\d{1,5}))?`,
);
const MPD_EVENT =
  /^(Up|Down|Connected|Disconnected|Down event|Up event|rec'd .{1,40}|connection (?:closed|timeout.{0,40})|.{0,32}? (?:terminated|accepted))$/;

/** mpd5 (FreeBSD; pfSense's and OPNsense's PPPoE clients and L2TP and PPPoE servers). */
export function readMpd(text: string, draft: EventDraft, isClient = false): boolean {
  const head = MPD_HEAD.exec(text);
  if (!head) return false;
  const said = text.slice(head[0].length, 400);
  draft.text('observer.ingress.interface.name', head[1]);
  const addresses = MPD_ADDRESSES.exec(said);
  if (addresses) {
    // Its own end, then the peer's: a client was given its own.
    setKind(draft, 'network', 'start', 'assigned', 'success');
    draft.ip(isClient ? 'source.ip' : 'destination.ip', addresses[1]);
    draft.ip(isClient ? 'destination.ip' : 'source.ip', addresses[2]);
    return true;
  }
  const user = MPD_USER.exec(said);
  draft.text('user.name', user?.[1]);
  const auth = MPD_AUTH.exec(said);
  if (auth || MPD_FAILED.test(said)) {
    setKind(draft, 'authentication', 'start', 'login', auth && auth[1] === undefined ? 'success' : 'failure');
    return true;
  }
  const peer = MPD_PEER.exec(said);
  if (peer) {
    setKind(draft, 'network', 'start', 'connection');
    draft.ip('source.ip', peer[1]);
    draft.port('source.port', peer[2]);
    return true;
  }
  const event = MPD_EVENT.exec(said)?.[1]?.toLowerCase();
  if (event === undefined) return user !== null;
  setKind(draft, 'network', /^down|disconn|closed|terminated/.test(event) ? 'end' : 'info', event);
  return true;
}

/** What pfSense's and OPNsense's scripts write when a session of mpd5 begins or ends: `login,l2tp-0,10.9.9.2,ayse`. */
const SCRIPT = new RegExp(`^(login|logout),([\\w.-]{1,32}),${IP},(.{1,128})$`);

export function readMpdScript(text: string, draft: EventDraft): boolean {
  const m = SCRIPT.exec(text);
  if (!m) return false;
  const begins = m[1] === 'login';
  setKind(draft, 'authentication', begins ? 'start' : 'end', m[1] as string, begins ? 'success' : undefined);
  draft.text('observer.ingress.interface.name', m[2]);
  draft.ip('source.ip', m[3]);
  draft.text('user.name', m[4]);
  draft.text('logmaster.session.id', `${m[2]} ${m[3]} ${m[4]}`);
  return true;
}
