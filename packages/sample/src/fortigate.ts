import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { DeviceModel } from './contracts.ts';
import { adminLoginRecord, attackRecord, deniedRecord, userLoginRecord } from './fortigate-events.ts';
import type { FortiField, FortiMember } from './fortigate-lines.ts';
import {
  applicationRecord,
  fortiWriter,
  LEASE,
  leaseRecord,
  type Session,
  sessionPath,
  type TrafficAction,
  trafficRecord,
} from './fortigate-sessions.ts';
import { anyAttacker, anyDestination, type Host, KNOCKED_PORTS, portPool } from './network.ts';
import type { Random } from './random.ts';
import { activity } from './rhythm.ts';
import { createSchedule } from './schedule.ts';

/** What the members of the cluster share. */
export interface FortiCluster {
  readonly hosts: readonly Host[];
  readonly natAddress: string;
  readonly wanAddress: string;
  readonly wanAddress6: string;
}

export interface FortiMemberPlan extends FortiMember {
  readonly address: string;
  readonly share: number;
  /** Part of the NAT ports that this member hands out, so that the pair never gives one out twice. */
  readonly natPorts: readonly [low: number, high: number];
}

const BLOCKED_SITES = [
  ['bahis.example', 'Gambling', 11],
  ['zararli.example', 'Malicious Websites', 26],
  ['korsan-film.example', 'Peer-to-peer File Sharing', 72],
] as const;
/** One member of an active-active FortiGate cluster (FortiOS 7): traffic with NAT, UTM, VPN, users, DHCP and logins. */
export function createFortigate(cluster: FortiCluster, plan: FortiMemberPlan, random: Random): DeviceModel {
  const schedule = createSchedule();
  const clientPort = portPool(random, 49_152, 65_535);
  const natPort = portPool(random, plan.natPorts[0], plan.natPorts[1]);
  const leases = new Map<Host, Micros>();
  const write = fortiWriter(plan);
  const seconds = (mean: number) => Math.ceil(random.exponential(mean) * MICROS_PER_SECOND);
  let sessionId = random.int(1_000_000, 9_000_000);
  let tunnelId = random.int(100_000, 900_000);
  let perfDue = 0;
  let booted: Micros | undefined;

  const traffic = (session: Session, now: Micros, action: TrafficAction) =>
    trafficRecord(write, cluster.natAddress, session, now, action);

  function nextSessionId(): number {
    sessionId += random.int(1, 7);
    return sessionId;
  }

  const denied = (now: Micros, from: string, to: string, port: number, inward: boolean) =>
    deniedRecord(write, random, nextSessionId(), { from, to, port, inward }, now);

  function open(now: Micros): Session {
    const id = nextSessionId();
    const host = random.pick(cluster.hosts);
    const to = anyDestination(random);
    return {
      id,
      host,
      to,
      port: clientPort(),
      natPort: natPort(),
      began: now,
      sent: 120 + Math.round(random.exponential(4000)),
      received: 200 + Math.round(random.exponential(60_000)),
    };
  }

  /** A session from its start record to its end; the user's lease and web filter verdict come in between. */
  function browse(now: Micros): string {
    const session = open(now);
    const leased = (leases.get(session.host) ?? 0) > now;
    if (session.to.transport === 'udp') {
      schedule.add(now + seconds(3), (at) => traffic(session, at, 'accept'));
    } else {
      const end = random.chance(0.9) ? 'close' : random.chance(0.5) ? 'timeout' : 'client-rst';
      const life = seconds(18);
      schedule.add(now + life, (at) => traffic(session, at, end));
      if (random.chance(0.06)) schedule.add(now + Math.floor(life / 2), (at) => applicationRecord(write, session, at));
    }
    if (leased) return traffic(session, now, 'start');
    leases.set(session.host, now + LEASE);
    schedule.add(now, (at) => traffic(session, at, 'start'));
    return leaseRecord(write, session.host, now);
  }

  function blockedSite(now: Micros): string {
    const session = open(now);
    const [domain, category, code] = random.pick(BLOCKED_SITES);
    const to = { ...session.to, port: 443, transport: 'tcp' as const, service: 'HTTPS', domain };
    schedule.add(now + seconds(1), (at) => traffic({ ...session, to }, at, 'client-rst'));
    return write(now, '0316013056', 'utm/webfilter/ftgd_blk', 'warning', [
      ['policyid', 12],
      ['sessionid', session.id],
      ['user', session.host.person.account],
      ['group', session.host.person.department],
      ...sessionPath({ ...session, to }),
      ['proto', 6],
      ['service', 'HTTPS'],
      ['hostname', domain],
      ['profile', 'ofis'],
      ['action', 'blocked'],
      ['reqtype', 'direct'],
      ['url', `https://${domain}/`],
      ['sentbyte', 517],
      ['rcvdbyte', 0],
      ['direction', 'outgoing'],
      ['msg', 'URL belongs to a denied category in policy'],
      ['ratemethod', 'domain'],
      ['cat', code],
      ['catdesc', category],
    ]);
  }

  /** Forty to ninety ports of one target from one source, some tens of milliseconds apart. */
  function portScan(now: Micros): string {
    const inward = random.chance(0.6);
    const from = inward ? anyAttacker(random) : random.pick(cluster.hosts).address;
    const to = inward ? cluster.wanAddress : '10.10.90.10';
    const firstPort = random.int(1, 1000);
    const count = random.int(40, 90);
    for (let step = 1; step < count; step++) {
      schedule.add(now + step * 40_000, (at) => denied(at, from, to, firstPort + step, inward));
    }
    return denied(now, from, to, firstPort, inward);
  }

  function vpn(now: Micros): string {
    const { person } = random.pick(cluster.hosts);
    const remote = `203.0.113.${random.int(60, 99)}`;
    const tunnelIp = `10.212.134.${random.int(10, 250)}`;
    tunnelId += random.int(1, 9);
    const id = tunnelId;
    const began = now;
    const common = (action: string): FortiField[] => [
      ['action', action],
      ['tunneltype', 'ssl-tunnel'],
      ['tunnelid', id],
      ['remip', remote, 'bare'],
      ['tunnelip', tunnelIp, 'bare'],
      // FortiOS passes display names of SAML sign-ins through as UTF-8.
      ['user', random.chance(0.3) ? person.name : person.account],
      ['group', 'VPN-Kullanicilari'],
      ['dst_host', 'N/A'],
    ];
    if (random.chance(0.2)) {
      return write(now, '0101039426', 'event/vpn', 'alert', [
        ['logdesc', 'SSL VPN login fail'],
        ...common('ssl-login-fail').filter(([name]) => name !== 'tunnelip'),
        ['reason', 'sslvpn_login_permission_denied'],
        ['msg', 'SSL user failed to logged in'],
      ]);
    }
    const up = common('tunnel-up');
    const down = up.map((field): FortiField => (field[0] === 'action' ? ['action', 'tunnel-down'] : field));
    const [sent, received] = [random.int(10_000, 9_000_000), random.int(10_000, 90_000_000)];
    schedule.add(now + seconds(90), (at) =>
      write(at, '0101039425', 'event/vpn', 'information', [
        ['logdesc', 'SSL VPN tunnel down'],
        ...down,
        ['reason', 'User requested termination of service'],
        ['duration', Math.round((at - began) / MICROS_PER_SECOND)],
        ['sentbyte', sent],
        ['rcvdbyte', received],
        ['msg', 'SSL tunnel shutdown'],
      ]),
    );
    return write(now, '0101039424', 'event/vpn', 'information', [
      ['logdesc', 'SSL VPN tunnel up'],
      ...up,
      ['reason', 'tunnel established'],
      ['msg', 'SSL tunnel established'],
    ]);
  }

  function performance(now: Micros): string {
    booted ??= now - 40 * MICROS_PER_DAY;
    return write(now, '0100040704', 'event/system', 'notice', [
      ['logdesc', 'System performance statistics'],
      ['action', 'perf-stats'],
      ['cpu', Math.round(8 + 40 * activity(now) + random.int(0, 6))],
      ['mem', random.int(38, 46)],
      ['totalsession', schedule.size],
      ['disk', 1],
      ['bandwidth', `${random.int(10, 900)}/${random.int(10, 900)}`],
      ['setuprate', random.int(1, 60)],
      ['sysuptime', Math.floor((now - booted) / MICROS_PER_SECOND)],
      ['msg', 'Performance statistics: average CPU: 14, memory: 41, concurrent sessions: 812'],
    ]);
  }

  function begin(now: Micros): string {
    if (now >= perfDue) {
      perfDue = now + 300 * MICROS_PER_SECOND;
      return performance(now);
    }
    // People sleep, scanners don't: the fewer people, the larger the part of strangers.
    const strangers = 0.14 / (0.3 + 0.7 * activity(now));
    const draw = random.next();
    if (draw < strangers) {
      const [from, to] = random.chance(0.04)
        ? [`2001:db8:bad:${random.hex(4).replace(/^0+(?=.)/, '')}::7`, cluster.wanAddress6]
        : [anyAttacker(random), cluster.wanAddress];
      return denied(now, from, to, random.pick(KNOCKED_PORTS), true);
    }
    const rest = (draw - strangers) / (1 - strangers);
    if (rest < 0.06)
      return denied(now, random.pick(cluster.hosts).address, '10.10.90.10', random.pick(KNOCKED_PORTS), false);
    if (rest < 0.1) return blockedSite(now);
    if (rest < 0.12) return attackRecord(write, random, nextSessionId, now);
    if (rest < 0.145) return vpn(now);
    if (rest < 0.17) return userLoginRecord(write, random, random.pick(cluster.hosts), now);
    if (rest < 0.174) return adminLoginRecord(write, random, cluster.wanAddress, now);
    if (rest < 0.176) return portScan(now);
    return browse(now);
  }

  return {
    name: plan.hostname,
    address: plan.address,
    wire: 'tcp-octets',
    share: plan.share,
    next: (now) => (schedule.take(now) ?? begin)(now),
  };
}
