import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

/** Reads one kind of message. False: it is of another kind. */
export type EventReader = (said: string, draft: EventDraft) => boolean;

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;

const ATTACK = new RegExp(
  String.raw`^(.{1,64}?)(?: attack)?(?::? Traffic detected)? (?:against(?: server)? (${ADDRESS}) )?(?:from(?: client)? (${ADDRESS}) )?(?:to (${ADDRESS})(?: on port (\d{1,5}))?\.(?=\s|$)|detected\.)`,
);

/** 3000-0152 to 3000-0172: `SYN flood attack against 10.0.1.51 from 203.0.113.66 detected. …`, `IP spoofing: Traffic detected from a to b.` */
const readNamed: EventReader = (said, draft) => {
  const m = said.slice(0, 256).includes('detected') ? ATTACK.exec(said) : null;
  if (!m || (m[2] ?? m[3] ?? m[4]) === undefined) return false;
  setKind(draft, 'intrusion_detection', 'info', 'detected');
  draft.text('event.reason', m[1]?.replace(/:$/, ''));
  draft.ip('source.ip', m[3]);
  draft.ip('destination.ip', m[2] ?? m[4]);
  draft.port('destination.port', m[5]);
  return true;
};

const BLOCKED = new RegExp(String.raw`^Temporarily blocking host (${ADDRESS}) \(reason = ([^)]{1,128})\)`);

/** 3001-1001 */
const readBlocked: EventReader = (said, draft) => {
  const m = BLOCKED.exec(said);
  if (!m) return false;
  setKind(draft, 'intrusion_detection', 'denied', 'blocking');
  draft.ip('source.ip', m[1]);
  draft.text('event.reason', m[2]);
  return true;
};

const SPOOFING = new RegExp(
  String.raw`^(?:ARP spoofing attack detected|Cannot relearn system MAC address, possible loop or MAC spoofing), ip=(${ADDRESS}), mac=([\da-fA-F:]{17})`,
);

/** 3000-012C, 3000-012E */
const readSpoofing: EventReader = (said, draft) => {
  const m = SPOOFING.exec(said);
  if (!m) return false;
  setKind(draft, 'intrusion_detection', 'info', 'detected');
  draft.text('event.reason', said.startsWith('ARP') ? 'ARP spoofing' : 'MAC spoofing');
  draft.ip('source.ip', m[1]);
  draft.mac('source.mac', m[2]);
  return true;
};

const DETAIL =
  /(Policy Name|Reason|MD5|Source IP|Source Port|Destination IP|Destination Port|Host|Path)(?: Address)?: (.{1,256}?)(?= [A-Z][A-Za-z_\d]{1,15}(?: [A-Z][A-Za-z]{1,8}){0,2}: |'|$)/g;

/** 3000-0167: `Policy Name: p Source IP Address: a Source Port: …`; 0F01-0015, 0F01-0016: `APT threat notified. Details='Policy Name: p Reason: r Source IP: a Source Port: 43130 … Path: /x'` */
const readThreat: EventReader = (said, draft) => {
  const isLimit = said.startsWith('Policy Name: ');
  if (!isLimit && !/^APT (?:threat|safe)/.test(said)) return false;
  if (isLimit) setKind(draft, 'network', 'info', 'notified');
  else setKind(draft, 'malware', 'info', said.startsWith('APT threat') ? 'detected' : 'clean');
  const details = new Map(Array.from(said.slice(0, 1024).matchAll(DETAIL), (m) => [m[1] as string, m[2] as string]));
  draft.text('rule.name', details.get('Policy Name'));
  draft.text('event.reason', details.get('Reason'));
  draft.label('MD5', details.get('MD5'));
  draft.ip('source.ip', details.get('Source IP'));
  draft.port('source.port', details.get('Source Port'));
  draft.ip('destination.ip', details.get('Destination IP'));
  draft.port('destination.port', details.get('Destination Port'));
  draft.text('url.domain', details.get('Host'));
  draft.text('url.path', details.get('Path'));
  return true;
};

/** Attacks, blocked hosts and found malware. */
export const readAttack: EventReader = (said, draft) =>
  [readBlocked, readSpoofing, readThreat, readNamed].some((reader) => reader(said, draft));
