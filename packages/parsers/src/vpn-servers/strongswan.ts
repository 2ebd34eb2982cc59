import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** `08[IKE] <con1|11> `: thread, subsystem, connection and number of the IKE SA. */
const HEAD = /^(?:\d{1,3}\[([A-Z]{3})\] )?(?:<(?:([^|>]{1,64})\|)?(\d{1,10})> )?/;
const IP = String.raw`[\da-fA-F.:]{2,45}`;
/** `IKE_SA con1[12] established between 198.51.100.1[gw]...203.0.113.9[ayse]`, `deleting IKE_SA con1[12] between …` */
const SA = new RegExp(
  String.raw`^(deleting )?IKE_SA (?:([^[ ]{1,64})\[(\d{1,10})\] )?(established )?between (${IP})\[([^\]]{0,255})\]\.\.\.(${IP})\[([^\]]{0,255})\]`,
);
const VIRTUAL = new RegExp(`^assigning virtual IP (${IP}) to peer '([^']{0,255})'`);
const OFFLINE = new RegExp(`^lease (${IP}) by '([^']{0,255})' went offline`);
/** `authentication of 'ayse' with EAP successful`, `XAuth authentication of 'ayse' failed` */
const AUTHENTICATION =
  /^(?:XAuth )?authentication of '([^']{0,255})' (?:with ([\w -]{1,64}) )?\(?(successful|failed|myself)\)?/;
const EAP = new RegExp(
  String.raw`^EAP method ([\w-]{1,32}) (succeeded|failed)(?:, no MSK established| for peer (${IP}))?`,
);
const REFUSED = /^(?:received|generating) .{0,48}?(AUTHENTICATION_FAILED|NO_PROPOSAL_CHOSEN|TS_UNACCEPTABLE)\b/;
/** Why charon itself let nobody in. */
const REASON =
  /^(no (?:matching )?peer config found|no IKE config found|no (?:shared key|trusted \w{1,16} public key|EAP key|private key|issuer certificate|XAuth secret) found|tried \d{1,4} shared keys? for|constraint check failed|verification of AUTH payload|EAP-\w{1,16} (?:verification )?failed|XAuth authentication failed|certificate was revoked|deleting half open IKE_SA|(?:found \d{1,4} matching config.{0,16}? but )?none allows)/;
const QUOTED = /'([^']{1,255})'(?: - '([^']{1,255})')?/;
/** `acquired existing lease for address 10.3.0.1 in pool 'p'`, `assigning new lease to 'ayse'` */
const LEASE = new RegExp(
  `^(?:acquired (?:existing|new)?.{0,24}?lease for address (${IP}) in pool|(?:re)?assigning (?:new|online|offline|existing) lease (?:by|to) '([^']{1,255})')`,
);
const DELETE = /^received DELETE for (?:IKE_SA ([^[ ]{1,64})\[(\d{1,10})\]|(?:ESP|AH) CHILD_SA)/;
const EAP_REMOTE =
  /^(?:RADIUS authentication of|EAP-Identity request.*|received EAP identity) '([^']{0,255})' ?(successful|failed)?/;
const INITIATING = new RegExp(String.raw`^(${IP}) is initiating (?:a|an) ([\w -]{1,40})`);
const PACKET = new RegExp(
  String.raw`^(sending|received) packet: from (${IP})\[(\d{1,5})\] to (${IP})\[(\d{1,5})\] \((\d{1,6}) bytes\)`,
);
/** The bytes in brackets are in, then out. */
const CLOSING =
  /^closing CHILD_SA ([^{ ]{1,64})\{(\d{1,10})\} with SPIs \w{8,10} \((\d{1,16}) bytes\) \w{8,10} \((\d{1,16}) bytes\)(?: and TS (.{1,256}))?/;
const CHILD =
  /^(?:(?:in|out)bound )?CHILD_SA ([^{ ]{1,64})\{(\d{1,10})\} established with SPIs .{1,64}? and TS (.{1,256})/;

const LINE = /\d{2}\[(?:DMN|MGR|IKE|CHD|JOB|CFG|KNL|NET|ASN|ENC|TNC|TLS|LIB)\] /y;

/** A line of charon's own file: `08[IKE] <con1|11> …`. */
export function isCharonLine(text: string, at: number): boolean {
  LINE.lastIndex = at;
  return LINE.test(text);
}

/**
 * The script behind a connection, under the tag `vpn`: `+ ayse 10.3.0.1/32 == 203.0.113.9 -- 198.51.100.1 == 10.1.0.0/16`,
 * the peer's side first; without its own network a host.
 */
const UPDOWN = new RegExp(
  String.raw`^([+-]) (.{1,255}?) (?:(${IP}(?:/\d{1,3})?) == )?(${IP}) -- (${IP})(?: == (${IP}(?:/\d{1,3})?))?$`,
);

export function readUpdown(text: string, draft: EventDraft): boolean {
  const m = UPDOWN.exec(text.trimEnd());
  if (!m) return false;
  const [, sign, identity, theirs, peer, ours, network] = m;
  const begins = sign === '+';
  setKind(draft, 'authentication', begins ? 'start' : 'end', begins ? 'up' : 'down', begins ? 'success' : undefined);
  draft.text('user.name', identity);
  draft.ip('source.ip', peer);
  draft.ip('destination.ip', ours);
  const assigned = theirs !== undefined && /^[^/]{2,45}(?:\/(?:32|128))?$/.test(theirs);
  draft.label(assigned ? 'assigned_ip' : 'peer_network', assigned ? theirs.replace(/\/\d{2,3}$/, '') : theirs);
  draft.label('network', network);
  return true;
}

/** strongSwan's charon (libcharon). The session id is the IKE SA's name and number. */
export function readStrongSwan(text: string, draft: EventDraft): boolean {
  const head = HEAD.exec(text);
  draft.label('subsystem', head?.[1]);
  if (head?.[3] !== undefined) draft.text('logmaster.session.id', `${head[2] ?? ''}[${head[3]}]`);
  const said = text.slice(head?.[0].length ?? 0).trimStart();
  return (
    readSa(said, draft) ||
    readPeer(said, draft) ||
    readAuthentication(said, draft) ||
    readRemark(said, draft) ||
    readTraffic(said, draft)
  );
}

function readSa(said: string, draft: EventDraft): boolean {
  const m = SA.exec(said);
  if (!m) return false;
  const [, deleting, name, number, , ours, , theirs, identity] = m;
  if (deleting !== undefined) setKind(draft, 'authentication', 'end', 'deleting ike_sa');
  else setKind(draft, 'authentication', 'start', 'ike_sa established', 'success');
  if (name !== undefined) draft.text('logmaster.session.id', `${name}[${number}]`);
  draft.ip('destination.ip', ours);
  draft.ip('source.ip', theirs);
  draft.text('user.name', identity);
  return true;
}

/** An address inside the tunnel and whose it is. */
function readPeer(said: string, draft: EventDraft): boolean {
  const given = VIRTUAL.exec(said);
  const m = given ?? OFFLINE.exec(said);
  if (!m) return false;
  if (given) setKind(draft, 'authentication', 'start', 'assigned', 'success');
  else setKind(draft, 'authentication', 'end', 'released');
  draft.ip('source.ip', m[1]);
  draft.text('user.name', m[2]);
  return true;
}

function readRemark(said: string, draft: EventDraft): boolean {
  const lease = LEASE.exec(said);
  if (lease) {
    setKind(draft, 'authentication', 'info', 'lease');
    draft.ip('source.ip', lease[1]);
    draft.text('user.name', lease[2]);
    return true;
  }
  const deleted = DELETE.exec(said);
  if (deleted) {
    setKind(draft, deleted[1] === undefined ? 'network' : 'authentication', 'info', 'received delete');
    if (deleted[1] !== undefined) draft.text('logmaster.session.id', `${deleted[1]}[${deleted[2]}]`);
    return true;
  }
  if (!REASON.test(said)) return false;
  setKind(draft, 'authentication', 'start', 'authentication', 'failure');
  draft.text('event.reason', said.slice(0, 200));
  // `for 'gw.example.net' - 'ayse'`: the gateway, then who asks.
  const names = QUOTED.exec(said.slice(0, 600));
  draft.text('user.name', names?.[2] ?? (said.includes(' for ') ? names?.[1] : undefined));
  draft.ip('source.ip', new RegExp(`^deleting half open IKE_SA with (${IP}) `).exec(said)?.[1]);
  return true;
}

function readAuthentication(said: string, draft: EventDraft): boolean {
  const m = AUTHENTICATION.exec(said);
  // `(myself)` is the gateway's own proof.
  if (m?.[3] === 'myself') return false;
  const eap = m ? null : EAP.exec(said);
  const remote = m || eap ? null : EAP_REMOTE.exec(said);
  const refused = m || eap || remote ? null : REFUSED.exec(said);
  if (refused) {
    setKind(draft, 'authentication', 'start', 'authentication', 'failure');
    draft.text('event.reason', refused[1]);
    return true;
  }
  if (!m && !eap && !remote) return false;
  const word = m?.[3] ?? eap?.[2] ?? remote?.[2];
  const outcome = word === undefined ? undefined : word === 'failed' ? 'failure' : 'success';
  setKind(draft, 'authentication', outcome === undefined ? 'info' : 'start', 'authentication', outcome);
  draft.text('user.name', m?.[1] ?? remote?.[1]);
  draft.label('method', m?.[2] ?? eap?.[1]);
  draft.ip('source.ip', eap?.[3]);
  return true;
}

function readTraffic(said: string, draft: EventDraft): boolean {
  const packet = PACKET.exec(said);
  if (packet) {
    setKind(draft, 'network', 'info', `${packet[1]} packet`);
    draft.ip('source.ip', packet[2]);
    draft.port('source.port', packet[3]);
    draft.ip('destination.ip', packet[4]);
    draft.port('destination.port', packet[5]);
    draft.long('network.bytes', packet[6]);
    return true;
  }
  const initiating = INITIATING.exec(said);
  if (initiating) {
    setKind(draft, 'network', 'info', 'initiating');
    draft.ip('source.ip', initiating[1]);
    return true;
  }
  const closing = CLOSING.exec(said);
  const child = closing ?? CHILD.exec(said);
  if (!child) return false;
  setKind(draft, 'network', closing ? 'end' : 'start', closing ? 'closing child_sa' : 'child_sa established');
  draft.label('child_sa', `${child[1]}{${child[2]}}`);
  draft.long('source.bytes', closing?.[3]);
  draft.long('destination.bytes', closing?.[4]);
  draft.label('traffic_selectors', closing ? closing[5] : child[3]);
  return true;
}
