import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { readPlutoAuthentication } from './pluto-people.ts';

const IP = String.raw`[\da-fA-F.:]{2,45}`;
/** `"road"[2] 203.0.113.5 #3: `, `"net/1x2" #3: `, `"road"[2] 203.0.113.5: `, with `:4500` behind the address in newer releases. */
const HEAD = new RegExp(
  String.raw`"([^"]{1,128})"(?:\[(\d{1,9})\](?:\[\d{1,9}\])?)?(?: (\[?${IP}\]?(?::\d{1,5})?))?(?: #(\d{1,10}))?: `,
  'y',
);
const PACKET = new RegExp(String.raw`^packet from (\[?${IP}\]?:\d{1,5}): `);
/** `STATE_MAIN_R3: sent MR3, ISAKMP SA established {…}`, `initiator established IKE SA; authenticated …` */
const IKE_UP = /(?:ISAKMP|IKE|PARENT) SA established|established IKE SA/;
const CHILD_UP =
  /(?:IPsec SA established|(?:established|rekeyed) (?:rekeyed )?Child SA)(?:.{0,32}? using #(\d{1,10}))?(?:; IPsec)?(?: (tunnel|transport)(?: mode)?)?/;
/** Selectors of releases before and since 5.0: `[a-b:0-65535 0] -> [c-d:0-65535 0]`, `[10.0.0.0/24===10.1.0.5/32]`. */
const SELECTORS = /\[([^\]{]{3,128})\](?: -> \[([^\]{]{3,128})\])?/;
const DOWN =
  /^(?:received Delete SA|deleting (?:state|IKE SA|ISAKMP SA|IPsec SA|Child SA|connection instance|other state|(?:ISAKMP|IPsec) State)|(?:ISAKMP|IKE|IPsec|Child) SA expired)/i;
const OF_CHILD = /QUICK|CHILD|IPSEC/i;
const AGED = /\baged (\d{1,9}(?:\.\d{1,9})?)s\b/;
/** Counters for people: only bytes are exact. */
const TRAFFIC = /^(ESP|AH|IPCOMP) traffic information: in=(\d{1,18})([A-Z]{1,3}) out=(\d{1,18})([A-Z]{1,3})/;
const USER = /(?:XAUTHuser|username)=([^\s}]{1,128})/;
const RESPONDING =
  /^(?:responding to .{1,32}? from (?:unknown peer )?|initiating .{1,48}? to |processing \w{1,24} request from |reinitiat.{1,48}? to )(\[?[\da-fA-F.:]{2,52}\]?(?::\d{1,5})?)(?:(?:UDP|TCP)\/(\d{1,5}))?/;
/** What the gateway itself was given by another one. */
const RECEIVED = new RegExp(`^[Rr]eceived (?:IPv[46] address:?|INTERNAL_IP[46]_ADDRESS) (${IP})`);

/** Libreswan's and Openswan's pluto: messages of a connection, of a packet that belongs to none, of the program. */
export function isPluto(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x22) return false;
  HEAD.lastIndex = at;
  const m = HEAD.exec(text);
  return m !== null && (m[3] !== undefined || m[4] !== undefined);
}

/**
 * Pluto's messages. SAs are numbered, so the session id is the connection's name and the number; a child names its IKE SA
 * in a label. The peer is the source.
 */
export function readPluto(text: string, draft: EventDraft): boolean {
  HEAD.lastIndex = 0;
  const head = HEAD.exec(text);
  const packet = head ? null : PACKET.exec(text);
  const said = text.slice(head?.[0].length ?? packet?.[0].length ?? 0);
  const peer = readEndpoint(head?.[3] ?? packet?.[1] ?? '', packet !== null);
  draft.ip('source.ip', peer?.ip);
  draft.port('source.port', peer?.port);
  draft.label('connection', head?.[1]);
  if (head?.[4] !== undefined) draft.text('logmaster.session.id', `${head[1]}#${head[4]}`);
  return readUp(said, draft) || readDown(said, draft) || readPlutoAuthentication(said, draft) || readPeer(said, draft);
}

function readUp(said: string, draft: EventDraft): boolean {
  const head = said.slice(0, 160);
  const child = CHILD_UP.exec(head);
  if (child) {
    setKind(draft, 'network', 'start', 'ipsec sa established', 'success');
    if (child[1] !== undefined) draft.label('ike_sa', `#${child[1]}`);
    draft.label('mode', child[2]);
    readSelectors(said, draft);
    readParameters(said, draft);
    return true;
  }
  if (!IKE_UP.test(head)) return false;
  setKind(draft, 'authentication', 'start', 'ike sa established', 'success');
  readParameters(said, draft);
  readPlutoAuthentication(said, draft);
  return true;
}

/** One address on the peer's side, other than its own, is the one it was given. */
function readSelectors(said: string, draft: EventDraft): void {
  const m = SELECTORS.exec(said);
  if (!m) return;
  const equals = m[1]?.indexOf('===') ?? -1;
  const [ours, theirs] =
    m[2] === undefined && equals > 0 ? [m[1]?.slice(0, equals), m[1]?.slice(equals + 3)] : [m[1], m[2]];
  draft.label('our_selector', ours);
  draft.label('peer_selector', theirs);
  const one = theirs === undefined ? undefined : addressOf(theirs);
  if (one !== undefined && one !== draft.event['source.ip']) draft.label('assigned_ip', one);
}

/** `10.1.0.5/32`, `10.1.0.5-10.1.0.5:0-65535 0`, `2001:db8::5/128` → the address; networks and ranges → undefined. */
function addressOf(selector: string): string | undefined {
  const host = /^([\da-fA-F.:]{2,45})\/(32|128)\b/.exec(selector);
  if (host && (host[2] === '128') === host[1]?.includes(':')) return host[1];
  const range = /^([\da-fA-F.:]{2,45})-([\da-fA-F.:]{2,60})/.exec(selector);
  return range && (range[2] === range[1] || range[2]?.startsWith(`${range[1]}:`)) ? range[1] : undefined;
}

/** `{ESP/NAT=>0x… <0x… xfrm=… NATOA=10.1.0.9 NATD=203.0.113.5:4500 DPD=active username=ayse}` */
function readParameters(said: string, draft: EventDraft): void {
  const open = said.indexOf('{');
  if (open < 0) return;
  for (const word of said
    .slice(open + 1, open + 512)
    .replace('}', ' ')
    .split(' ', 24)) {
    const arrow = word.indexOf('=>');
    if (arrow > 0) draft.label('spi_out', word.slice(arrow + 2));
    else if (word.startsWith('<')) draft.label('spi_in', word.slice(1));
    else readParameter(word, draft);
  }
}

function readParameter(word: string, draft: EventDraft): void {
  const equals = word.indexOf('=');
  const value = word.slice(equals + 1);
  if (equals < 1 || value === 'none' || value === 'n/a' || value === 'unset') return;
  const name = word.slice(0, equals);
  if (name === 'username' || name === 'XAUTHuser') draft.text('user.name', value);
  else draft.label(name.toLowerCase(), value);
  if (name !== 'NATD') return;
  // Where the peer's packets come from.
  const peer = readEndpoint(value);
  if (!draft.has('source.ip')) draft.ip('source.ip', peer?.ip);
  if (peer?.ip === draft.event['source.ip']) draft.port('source.port', peer?.port);
}

function readDown(said: string, draft: EventDraft): boolean {
  const traffic = TRAFFIC.exec(said);
  if (traffic) {
    setKind(draft, 'network', 'end', 'traffic information');
    draft.text('user.name', USER.exec(said.slice(0, 300))?.[1]);
    if (traffic[3] === 'B') draft.long('source.bytes', traffic[2]);
    else draft.label('in', `${traffic[2]}${traffic[3]}`);
    if (traffic[5] === 'B') draft.long('destination.bytes', traffic[4]);
    else draft.label('out', `${traffic[4]}${traffic[5]}`);
    return true;
  }
  if (!DOWN.test(said)) return false;
  const ofAll = said.startsWith('deleting connection');
  const ofChild = !ofAll && OF_CHILD.test(said.slice(0, 128));
  const what = ofAll ? 'connection' : ofChild ? 'ipsec sa' : 'ike sa';
  setKind(draft, ofChild ? 'network' : 'authentication', 'end', `${what} deleted`);
  const aged = AGED.exec(said.slice(0, 200))?.[1];
  if (aged !== undefined) draft.duration(Math.round(Number(aged) * 1e6) * 1000);
  draft.label('state', /\b(STATE_\w{1,40})/.exec(said.slice(0, 128))?.[1]);
  return true;
}

function readPeer(said: string, draft: EventDraft): boolean {
  const received = RECEIVED.exec(said)?.[1];
  if (received !== undefined) {
    setKind(draft, 'network', 'start', 'assigned');
    draft.label('assigned_ip', received);
    return true;
  }
  if (said.startsWith('negotiated ')) {
    setKind(draft, 'network', 'info', 'negotiated connection');
    readSelectors(said, draft);
    return true;
  }
  const m = RESPONDING.exec(said);
  if (!m) return false;
  const side = said.startsWith('responding') || said.startsWith('processing') ? 'source' : 'destination';
  setKind(draft, 'network', 'info', side === 'source' ? 'responding' : 'initiating');
  const peer = readEndpoint((m[1] as string).replace(/:$/, ''));
  draft.ip(`${side}.ip`, peer?.ip);
  draft.port(`${side}.port`, m[2] ?? peer?.port);
  return true;
}
