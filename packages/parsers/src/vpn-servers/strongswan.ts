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

/** strongSwan's charon (libcharon). The session id is the IKE SA's name and number. */
export function readStrongSwan(text: string, draft: EventDraft): boolean {
  const head = HEAD.exec(text);
  draft.label('subsystem', head?.[1]);
  if (head?.[3] !== undefined) draft.text('logmaster.session.id', `${head[2] ?? ''}[${head[3]}]`);
  const said = text.slice(head?.[0].length ?? 0).trimStart();
  return readSa(said, draft) || readPeer(said, draft) || readAuthentication(said, draft) || readTraffic(said, draft);
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
