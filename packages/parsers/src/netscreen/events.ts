import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}?`;
const NAME = String.raw`["'‘’]?([^"'‘’\s]{1,64}?)["'‘’]?`;

type EventReader = (said: string, draft: EventDraft) => boolean;

const ATTACK = new RegExp(
  String.raw`^(.{1,64}?)!? From (${ADDRESS})(?::(\d{1,5}))? to (?:zone )?(${ADDRESS})(?::(\d{1,5}))?,(?: using protocol| proto) (\w{1,16}) \(zone ([^,)]{1,64}),? (?:int|on interface) {1,2}([^)\s]{1,64})\)`,
);

/** `SYN flood! From a:1024 to b:80, proto TCP (zone Untrust, int ethernet3). Occurred 1 times.` */
const readAttack: EventReader = (said, draft) => {
  const m = ATTACK.exec(said);
  if (!m) return false;
  setKind(draft, 'intrusion_detection', 'info', 'detected');
  draft.text('event.reason', m[1]);
  draft.ip('source.ip', m[2]);
  draft.port('source.port', m[3]);
  draft.ip('destination.ip', m[4]);
  draft.port('destination.port', m[5]);
  draft.transport(m[6] as string);
  draft.text('observer.ingress.zone', m[7]);
  draft.text('observer.ingress.interface.name', m[8]);
  return true;
};

const ADMIN = new RegExp(
  String.raw`^(?:ADM: )?Admin user ${NAME} (has logged on|logged in|has logged out|logged out|login attempt)\b(.{0,256})`,
);
const ADMIN_FAILED = new RegExp(`^(?:ADM: )?Local admin authentication failed for login name ${NAME}(?::|$)(.{0,128})`);
const FROM = /\bfrom ((?:\d{1,3}\.){3}\d{1,3}|[\da-fA-F:]{2,45})(?::(\d{1,5}))?(?:[\s.]|$)/;

/** `Admin user "netscreen" logged in for Web(https) management (port 443) from 10.0.0.5:3321` */
const readAdmin: EventReader = (said, draft) => {
  const m = ADMIN.exec(said);
  const failed = m ? undefined : ADMIN_FAILED.exec(said);
  if (!m && !failed) return false;
  const word = m?.[2] ?? 'login attempt';
  const out = word.endsWith('out');
  const rest = (m?.[3] ?? failed?.[2]) as string;
  const refused = failed !== undefined || word === 'login attempt';
  setKind(
    draft,
    'authentication',
    out ? 'end' : 'start',
    out ? 'logout' : 'login',
    out ? undefined : refused ? 'failure' : 'success',
  );
  draft.text('user.name', m?.[1] ?? failed?.[1]);
  const from = FROM.exec(rest);
  draft.ip('source.ip', from?.[1]);
  draft.port('source.port', from?.[2]);
  if (refused)
    draft.text('event.reason', (/due to ([^.(]{1,128})/.exec(rest)?.[1] ?? failed?.[2]?.split(' (', 1)[0])?.trim());
  return true;
};

const ENDED = new RegExp(
  String.raw`^Management session via (\w{1,16}) from (${ADDRESS}):(\d{1,5}) for (?:v?sys )?admin ${NAME} has (timed out|ended|been terminated)`,
);

/** `Management session via SSH from 10.0.0.5:50022 for admin netadmin has timed out` */
const readEnd: EventReader = (said, draft) => {
  const m = ENDED.exec(said);
  if (!m) return false;
  setKind(draft, 'authentication', 'end', 'logout');
  draft.lower('network.protocol', m[1]);
  draft.ip('source.ip', m[2]);
  if (m[3] !== '0') draft.port('source.port', m[3]);
  draft.text('user.name', m[4]);
  draft.text('event.reason', m[5]);
  return true;
};

const CHANGE = new RegExp(
  String.raw`^(.{1,256}?) (?:was |were |is |has been )?(added|created|modified|changed|deleted|removed|saved|enabled|disabled|set|moved) by (?:admin )?${NAME} via (\w{1,16}) from host (${ADDRESS})[ :]`,
);
const CHANGE_TYPES: Readonly<Record<string, string>> = {
  added: 'creation',
  created: 'creation',
  deleted: 'deletion',
  removed: 'deletion',
};

/** `Policy (5, Trust->Untrust, …) was modified by netadmin via web from host 10.0.0.5 to 10.0.0.1:443.` */
const readChange: EventReader = (said, draft) => {
  const m = CHANGE.exec(said);
  if (!m) return false;
  const word = m[2] as string;
  setKind(draft, 'configuration', CHANGE_TYPES[word] ?? 'change', word);
  draft.label('object', m[1]);
  draft.text('user.name', m[3]);
  draft.label('via', m[4]);
  draft.ip('source.ip', m[5]);
  return true;
};

const IKE = new RegExp(`^IKE ?<?(${ADDRESS})>?[: ] ?(Phase [12].{1,200})`);

/** `IKE 203.0.113.90 Phase 2 msg ID 7b0e5e5d: Completed negotiations …` */
const readTunnel: EventReader = (said, draft) => {
  const m = IKE.exec(said);
  if (!m) return false;
  const phase = m[2] as string;
  setKind(draft, 'network', phase.includes('Completed') ? 'start' : 'info', 'negotiation');
  if (/failed|reject|abort/i.test(phase)) draft.event['event.outcome'] = 'failure';
  draft.ip('source.ip', m[1]);
  return true;
};

const LEASE = new RegExp(
  String.raw`^IP address (${ADDRESS}) is (assigned|released|freed|expired) (?:to|from|by|for) ([\da-fA-F:.-]{12,17})|` +
    String.raw`^A DHCP-assigned IP address (${ADDRESS}) has been (freed|released|expired) (?:from|by) ([\da-fA-F:.-]{12,17})`,
);
const LEASE_ACTIONS: Readonly<Record<string, string>> = { freed: 'released' };

/** `IP address 10.0.0.5 is assigned to 00005e005377.` of the firewall's own DHCP server. */
const readLease: EventReader = (said, draft) => {
  const m = LEASE.exec(said);
  if (!m) return false;
  const word = (m[2] ?? m[5]) as string;
  setKind(draft, 'network', word === 'assigned' ? 'start' : 'end', LEASE_ACTIONS[word] ?? word);
  draft.event['network.protocol'] = 'dhcp';
  draft.ip('source.ip', m[1] ?? m[4]);
  draft.mac('source.mac', (m[3] ?? m[6])?.replace(/[.:-]$/, ''));
  return true;
};

/** Records of other kinds than traffic. False: the record keeps code, level and text. */
export function readEvent(said: string, draft: EventDraft): boolean {
  return [readAttack, readAdmin, readEnd, readChange, readTunnel, readLease].some((reader) => reader(said, draft));
}
