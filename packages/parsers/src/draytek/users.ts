import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { canonicalIp } from '../values/ip.ts';

/** What a client behind the router does: `Local User (MAC=F4-31-C3-01-F4-EA): `. */
const CLIENT = /^Local User(?: ?\(MAC=([^)]{1,32})\))?(?: ?\[([^\]]{1,64})\])?: ?/;
const QUESTION = /^(\S{1,64}) DNS -> (\S{1,64}) inquire (\S{1,255})/;
const SESSION = /^(\S{1,64}) (->|<-) (\S{1,64}) \(([^)]{1,16})\) ?(.{0,64})$/;
const CLOSED = 'close connection';

/** `Local User (MAC=…): 192.168.1.10:53346 -> 203.0.113.14:443 (TCP)Web`: False: it is not worded so. */
export function readClient(text: string, draft: EventDraft): boolean {
  const client = CLIENT.exec(text);
  if (!client) return false;
  draft.mac('source.mac', client[1]);
  draft.text('user.name', client[2]);
  const rest = text.slice(client[0].length).trimEnd();
  if (!readQuestion(rest, draft) && !readSession(rest, draft)) setKind(draft, 'network', 'info', 'local user');
  return true;
}

function readQuestion(text: string, draft: EventDraft): boolean {
  const question = QUESTION.exec(text);
  if (!question) return false;
  setKind(draft, 'network', 'info', 'inquire');
  draft.event['network.protocol'] = 'dns';
  draft.text('dns.question.name', question[3]);
  setEnd(draft, 'source', question[1]);
  setEnd(draft, 'destination', question[2]);
  return true;
}

function readSession(text: string, draft: EventDraft): boolean {
  const session = SESSION.exec(text);
  if (!session) return false;
  const [, near, arrow, far, transport, note = ''] = session;
  const closed = note === CLOSED;
  setKind(draft, 'network', closed ? 'end' : 'start', closed ? 'close' : 'open');
  setEnd(draft, arrow === '->' ? 'source' : 'destination', near);
  setEnd(draft, arrow === '->' ? 'destination' : 'source', far);
  draft.transport(transport);
  if (!closed) draft.label('service', note);
  return true;
}

function setEnd(draft: EventDraft, side: 'source' | 'destination', written = ''): void {
  const end = readEndpoint(written);
  if (end === undefined) draft.fail(`${side}.ip`, 'not an IP address');
  draft.ip(`${side}.ip`, end?.ip);
  draft.port(`${side}.port`, end?.port);
}

/** `[DHCP] Vigor DHCP server has given out an IP [MAC: f4-31-c3-01-f4-ea, IP: 192.168.1.12]` */
export function readLease(text: string, draft: EventDraft): void {
  const given = text.includes(' given out ');
  setKind(draft, 'network', given ? 'start' : 'info', given ? 'assigned' : 'dhcp');
  draft.event['network.protocol'] = 'dhcp';
  draft.mac('source.mac', /\bMAC: ?([\w:-]{1,32})/.exec(text)?.[1]);
  draft.ip('source.ip', /\bIP: ?([\w.:]{1,45})/.exec(text)?.[1]);
}

const STATES: ReadonlyMap<string, 'start' | 'end'> = new Map([
  ['UP', 'start'],
  ['DOWN', 'end'],
  ['DN', 'end'],
]);

/** `[H2L][UP][IPSec][@3:ayse]`: a host's tunnel has its user behind its number, `L2L`, between networks, its profile. */
export function readTunnel(text: string, draft: EventDraft): void {
  const [tag = '', state = '', protocol, ...parts] = text.slice(1).replace(/\] *$/, '').split('][', 8);
  setKind(draft, 'session', STATES.get(state.toUpperCase()) ?? 'info', state);
  draft.text('event.code', tag);
  draft.lower('network.protocol', protocol);
  for (const part of parts) {
    const peer = /^@(\d{1,4}):(.{1,128})$/.exec(part);
    draft.label('tunnel', peer?.[1]);
    if (peer && tag === 'H2L') draft.text('user.name', peer[2]);
    else if (peer) draft.label('profile', peer[2]);
    else if (canonicalIp(part) !== undefined) draft.ip('source.ip', part);
    else draft.label('part', part);
  }
}
