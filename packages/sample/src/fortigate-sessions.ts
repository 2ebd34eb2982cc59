import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import { type FortiField, type FortiLevel, type FortiMember, fortiLine } from './fortigate-lines.ts';
import type { Destination, Host } from './network.ts';

/** A record of one member: log id, `type/subtype` or `type/subtype/eventtype`, level and fields. */
export type WriteForti = (
  now: Micros,
  logid: string,
  kind: string,
  level: FortiLevel,
  fields: readonly FortiField[],
) => string;

export function fortiWriter(member: FortiMember): WriteForti {
  return (now, logid, kind, level, fields) => {
    const [type, subtype, eventtype] = kind.split('/') as ['traffic' | 'utm' | 'event', string, string | undefined];
    return fortiLine(member, now, { logid, type, subtype, level, fields, ...(eventtype ? { eventtype } : {}) });
  };
}

export interface Session {
  readonly id: number;
  readonly host: Host;
  readonly to: Destination;
  readonly port: number;
  readonly natPort: number;
  readonly began: Micros;
  readonly sent: number;
  readonly received: number;
}

/** How long an address is given to a host. */
export const LEASE: Micros = 4 * 3600 * MICROS_PER_SECOND;
const POLICY_UUID = '7c1d3a52-9b1e-51ee-8b07-1f2a90d6c3e4';

/** The five-tuple of an outgoing session. */
export const sessionPath = (session: Session): FortiField[] => [
  ['srcip', session.host.address, 'bare'],
  ['srcname', session.host.name],
  ['srcport', session.port],
  ['srcintf', 'lan'],
  ['srcintfrole', 'lan'],
  ['dstip', session.to.address, 'bare'],
  ['dstport', session.to.port],
  ['dstintf', 'wan1'],
  ['dstintfrole', 'wan'],
];

export type TrafficAction = 'start' | 'accept' | 'close' | 'timeout' | 'client-rst';

export function trafficRecord(
  write: WriteForti,
  natAddress: string,
  session: Session,
  now: Micros,
  action: TrafficAction,
): string {
  const ended = action !== 'start';
  return write(now, action === 'start' ? '0000000015' : '0000000013', 'traffic/forward', 'notice', [
    ...sessionPath(session),
    ['srccountry', 'Reserved'],
    ['dstcountry', session.to.country],
    ['sessionid', session.id],
    ['proto', session.to.transport === 'tcp' ? 6 : 17],
    ['action', action],
    ['policyid', 12],
    ['policytype', 'policy'],
    ['poluuid', POLICY_UUID],
    ['policyname', 'LAN-Internet'],
    ['user', session.host.person.account],
    ['group', session.host.person.department],
    ['authserver', 'LDAP-IST'],
    ['service', session.to.service],
    ['trandisp', 'snat'],
    ['transip', natAddress, 'bare'],
    ['transport', session.natPort],
    ['app', session.to.application],
    ['duration', Math.round((now - session.began) / MICROS_PER_SECOND)],
    ['sentbyte', ended ? session.sent : 0],
    ['rcvdbyte', ended ? session.received : 0],
    ['sentpkt', ended ? Math.ceil(session.sent / 700) : 0],
    ['rcvdpkt', ended ? Math.ceil(session.received / 1200) : 0],
    ['osname', 'Windows'],
    ['mastersrcmac', session.host.mac],
    ['srcmac', session.host.mac],
    ['srcserver', 0],
  ]);
}

export const leaseRecord = (write: WriteForti, host: Host, now: Micros) =>
  write(now, '0100026001', 'event/system', 'information', [
    ['logdesc', 'DHCP Ack log'],
    ['interface', 'lan'],
    ['dhcp_msg', 'Ack'],
    ['mac', host.mac.toUpperCase()],
    ['ip', host.address, 'bare'],
    ['lease', LEASE / MICROS_PER_SECOND],
    ['hostname', host.name],
    ['msg', 'DHCP server sends a DHCPACK'],
  ]);

export function applicationRecord(write: WriteForti, session: Session, now: Micros): string {
  return write(now, '1059028704', 'utm/app-ctrl/signature', 'information', [
    ['appid', 40568],
    ...sessionPath(session),
    ['proto', session.to.transport === 'tcp' ? 6 : 17],
    ['service', session.to.service],
    ['direction', 'outgoing'],
    ['policyid', 12],
    ['sessionid', session.id],
    ['user', session.host.person.account],
    ['applist', 'default'],
    ['action', 'pass'],
    ['appcat', 'Web.Client'],
    ['app', session.to.application],
    ['hostname', session.to.domain],
    ['url', '/'],
    ['msg', `Web.Client: ${session.to.application}`],
    ['apprisk', 'medium'],
  ]);
}
