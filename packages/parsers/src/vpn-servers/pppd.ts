import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalMac } from '../values/mac.ts';

const USER =
  /^(?:(CHAP|PAP|EAP)(?: peer)? authentication (succeeded|failed) for '?([^']{1,128}?)'?$|user ([^ ]{1,128}) logged (in|out) on tty ([^ ]{1,64}))/;
/** `Peer mehmet failed CHAP authentication`, `No CHAP secret found for authenticating mehmet` */
const REFUSED =
  /^(?:Peer ([^ ]{1,128}) failed (CHAP|PAP|EAP) authentication|No (CHAP|PAP|EAP) secret found for authenticating ([^ ]{1,128}))/;
/** Of the machine's own dial-up: the other side asks who this is. */
const OWN = /^(CHAP|PAP|EAP) authentication (succeeded|failed)(?:[:;.] ?(.{1,128}))?$/;
/** Debugging, and plugins that know where the call came from. */
const NAME = /^rcvd \[(CHAP|PAP|EAP) .{0,128}?(?:name ?= ?|user=)"([^"]{1,128})"/;
const CALLER = /^peer from calling number ([\da-fA-F.:]{2,45}) authorized/;
const TIME = /^Connect time (\d{1,8}(?:\.\d{1,3})?) minutes/;
const REMOTE = /^remote {1,2}(?:IP|LL) address ([\da-fA-F.:]{3,45})/;
const LOCAL = /^local {1,2}(?:IP|LL) address ([\da-fA-F.:]{3,45})/;
const BYTES = /^Sent (\d{1,16}) bytes, received (\d{1,16}) bytes/;
const END =
  /^(?:Connection terminated|Modem hangup|LCP terminated by peer(?: \((.{1,128})\))?|Terminating (?:on signal (\d{1,2})|connection .{1,64})|Hangup \(SIGHUP\))/;
/** `Connect: ppp0 <--> /dev/pts/0`, `Connect: ppp0 <--> eth1` */
const CONNECT = /^Connect: ([\w.-]{1,15}) <--> ([\w./-]{1,64})/;
/** pppd's PPPoE plugin: `Connected to 00:00:5E:00:53:01 via interface eth1`, `PPP session is 5` */
const CONCENTRATOR = /^Connected to ([\da-fA-F:]{17}) via interface ([\w.-]{1,15})/;

/** pppd, under xl2tpd, pptpd or PPPoE: the lines of one session have the same process id. */
export function readPppd(text: string, draft: EventDraft): boolean {
  const { 'log.syslog.procid': pid, 'log.syslog.appname': app } = draft.event;
  // Of xl2tpd and pptpd all tunnels have the same.
  if (pid !== undefined && app?.toLowerCase().endsWith('pppd') === true)
    draft.text('logmaster.session.id', `pppd ${pid}`);
  return readLogin(text, draft) || readAddress(text, draft) || readRemark(text, draft) || readEnd(text, draft);
}

function readLogin(text: string, draft: EventDraft): boolean {
  const user = USER.exec(text);
  if (user) {
    const failed = user[2] === 'failed';
    if (user[5] === 'out') setKind(draft, 'authentication', 'end', 'logout');
    else setKind(draft, 'authentication', 'start', 'login', failed ? 'failure' : 'success');
    draft.text('user.name', user[3] ?? user[4]);
    draft.label('method', user[1]);
    return true;
  }
  const refused = REFUSED.exec(text);
  if (refused) {
    setKind(draft, 'authentication', 'start', 'login', 'failure');
    draft.text('user.name', refused[1] ?? refused[4]);
    draft.label('method', refused[2] ?? refused[3]);
    return true;
  }
  const own = OWN.exec(text);
  if (!own) return false;
  setKind(draft, 'authentication', 'start', 'login', own[2] === 'succeeded' ? 'success' : 'failure');
  draft.label('method', own[1]);
  draft.text('event.reason', own[3]);
  return true;
}

function readAddress(text: string, draft: EventDraft): boolean {
  const remote = REMOTE.exec(text)?.[1];
  const local = remote === undefined ? LOCAL.exec(text)?.[1] : undefined;
  if (remote === undefined && local === undefined) return false;
  setKind(
    draft,
    'network',
    remote === undefined ? 'info' : 'start',
    remote === undefined ? 'local address' : 'assigned',
  );
  draft.ip('source.ip', remote);
  draft.ip('destination.ip', local);
  return true;
}

function readRemark(text: string, draft: EventDraft): boolean {
  const name = NAME.exec(text);
  if (name) {
    setKind(draft, 'authentication', 'info', 'response');
    draft.label('method', name[1]);
    draft.text('user.name', name[2]);
    return true;
  }
  const caller = CALLER.exec(text)?.[1];
  if (caller !== undefined) {
    setKind(draft, 'authentication', 'start', 'authorized', 'success');
    // PPPoE knows a MAC, PPTP an address.
    if (canonicalMac(caller) === undefined) draft.ip('source.ip', caller);
    else draft.mac('source.mac', caller);
    return true;
  }
  const connect = CONNECT.exec(text);
  const concentrator = connect ? null : CONCENTRATOR.exec(text);
  if (!connect && !concentrator) return false;
  setKind(draft, 'network', 'start', 'connect');
  draft.text('observer.ingress.interface.name', connect?.[1] ?? concentrator?.[2]);
  draft.label('device', connect?.[2]);
  draft.mac('destination.mac', concentrator?.[1]);
  return true;
}

function readEnd(text: string, draft: EventDraft): boolean {
  const minutes = TIME.exec(text)?.[1];
  const bytes = BYTES.exec(text);
  const end = END.exec(text);
  if (minutes === undefined && !bytes && !end) return false;
  setKind(draft, 'network', 'end', 'disconnected');
  if (minutes !== undefined) draft.duration(Math.round(Number(minutes) * 60) * 1e9);
  draft.long('destination.bytes', bytes?.[1]);
  draft.long('source.bytes', bytes?.[2]);
  draft.text('event.reason', end?.[1]);
  draft.label('signal', end?.[2]);
  return true;
}

/** `Session 5 created for client 00:00:5e:00:53:23 (10.67.15.5) on eth1 using Service-Name ''` */
const SESSION =
  /^Session (\d{1,5}) (created|closed) for client ([\da-fA-F:]{17})(?: \(([\da-fA-F.:]{3,45})\))?(?: on ([\w.-]{1,15}))?(?: using Service-Name '([^']{0,64})')?/;

/** rp-pppoe's server (pppoe-server.c): whose MAC got which address; pppd names the user. */
export function readPppoeServer(text: string, draft: EventDraft): boolean {
  const m = SESSION.exec(text);
  if (!m) return false;
  const [, number, word = '', mac, ip, intf, service] = m;
  setKind(draft, 'network', word === 'created' ? 'start' : 'end', `session ${word}`);
  draft.text('network.protocol', 'pppoe');
  draft.mac('source.mac', mac);
  draft.ip('source.ip', ip === '0.0.0.0' ? undefined : ip);
  draft.text('observer.ingress.interface.name', intf);
  draft.label('service_name', service);
  draft.text('logmaster.session.id', `${intf ?? 'pppoe'} ${number}`);
  return true;
}
