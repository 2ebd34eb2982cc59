import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { DeviceModel } from './contracts.ts';
import { type FortiField, type FortiLevel, type FortiMember, fortiLine } from './fortigate-lines.ts';
import { anyAttacker, anyDestination, type Destination, type Host, KNOCKED_PORTS, portPool } from './network.ts';
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

interface Session {
  readonly id: number;
  readonly host: Host;
  readonly to: Destination;
  readonly port: number;
  readonly natPort: number;
  readonly began: Micros;
  readonly sent: number;
  readonly received: number;
}

const LEASE: Micros = 4 * 3600 * MICROS_PER_SECOND;
const POLICY_UUID = '7c1d3a52-9b1e-51ee-8b07-1f2a90d6c3e4';
const BLOCKED_SITES = [
  ['bahis.example', 'Gambling', 11],
  ['zararli.example', 'Malicious Websites', 26],
  ['korsan-film.example', 'Peer-to-peer File Sharing', 72],
] as const;
const ATTACKS = [
  ['Apache.Log4j.Error.Log.Remote.Code.Execution', 51006, 'critical'],
  ['HTTP.URI.SQL.Injection', 15621, 'high'],
  ['Bash.Function.Definitions.Remote.Code.Execution', 39294, 'critical'],
  ['SSH.Connection.Brute.Force', 43463, 'medium'],
] as const;

/** One member of an active-active FortiGate cluster (FortiOS 7): traffic with NAT, UTM, VPN, users, DHCP and logins. */
export function createFortigate(cluster: FortiCluster, plan: FortiMemberPlan, random: Random): DeviceModel {
  const schedule = createSchedule();
  const clientPort = portPool(random, 49_152, 65_535);
  const natPort = portPool(random, plan.natPorts[0], plan.natPorts[1]);
  const leases = new Map<Host, Micros>();
  const seconds = (mean: number) => Math.ceil(random.exponential(mean) * MICROS_PER_SECOND);
  let sessionId = random.int(1_000_000, 9_000_000);
  let tunnelId = random.int(100_000, 900_000);
  let perfDue = 0;
  let booted: Micros | undefined;

  const write = (now: Micros, logid: string, kind: string, level: FortiLevel, fields: readonly FortiField[]) => {
    const [type, subtype, eventtype] = kind.split('/') as ['traffic' | 'utm' | 'event', string, string | undefined];
    return fortiLine(plan, now, { logid, type, subtype, level, fields, ...(eventtype ? { eventtype } : {}) });
  };

  /** The five-tuple of an outgoing session. */
  const path = (session: Session): FortiField[] => [
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

  function traffic(
    session: Session,
    now: Micros,
    action: 'start' | 'accept' | 'close' | 'timeout' | 'client-rst',
  ): string {
    const ended = action !== 'start';
    return write(now, action === 'start' ? '0000000015' : '0000000013', 'traffic/forward', 'notice', [
      ...path(session),
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
      ['transip', cluster.natAddress, 'bare'],
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

  function open(now: Micros): Session {
    sessionId += random.int(1, 7);
    const host = random.pick(cluster.hosts);
    const to = anyDestination(random);
    return {
      id: sessionId,
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
      if (random.chance(0.06)) schedule.add(now + Math.floor(life / 2), (at) => application(session, at));
    }
    if (leased) return traffic(session, now, 'start');
    leases.set(session.host, now + LEASE);
    schedule.add(now, (at) => traffic(session, at, 'start'));
    return lease(session.host, now);
  }

  const lease = (host: Host, now: Micros) =>
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

  function application(session: Session, now: Micros): string {
    return write(now, '1059028704', 'utm/app-ctrl/signature', 'information', [
      ['appid', 40568],
      ...path(session),
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
      ...path({ ...session, to }),
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

  function attack(now: Micros): string {
    const [name, id, severity] = random.pick(ATTACKS);
    sessionId += random.int(1, 7);
    return write(now, '0419016384', 'utm/ips/signature', 'alert', [
      ['severity', severity],
      ['srcip', anyAttacker(random), 'bare'],
      ['srccountry', 'United States'],
      ['dstip', '10.10.90.10', 'bare'],
      ['srcintf', 'wan1'],
      ['srcintfrole', 'wan'],
      ['dstintf', 'dmz'],
      ['dstintfrole', 'dmz'],
      ['sessionid', sessionId],
      ['action', 'dropped'],
      ['proto', 6],
      ['service', 'HTTP'],
      ['policyid', 31],
      ['attack', name],
      ['srcport', random.int(1024, 65_535)],
      ['dstport', 80],
      ['direction', 'incoming'],
      ['attackid', id],
      ['profile', 'sunucu-koruma'],
      ['ref', `http://www.fortinet.com/ids/VID${id}`],
      ['incidentserialno', random.int(1_000_000, 99_999_999)],
      ['msg', `applications3: ${name}`],
      ['crscore', 30],
      ['craction', 8192],
      ['crlevel', 'high'],
    ]);
  }

  function denied(now: Micros, from: string, to: string, port: number, inward: boolean): string {
    sessionId += random.int(1, 7);
    return write(now, inward ? '0001000014' : '0000000013', inward ? 'traffic/local' : 'traffic/forward', 'notice', [
      ['srcip', from, 'bare'],
      ['srcport', random.int(1024, 65_535)],
      ['srcintf', inward ? 'wan1' : 'lan'],
      ['srcintfrole', inward ? 'wan' : 'lan'],
      ['dstip', to, 'bare'],
      ['dstport', port],
      ['dstintf', inward ? 'root' : 'dmz'],
      ['dstintfrole', inward ? 'undefined' : 'dmz'],
      ['srccountry', inward ? 'United States' : 'Reserved'],
      ['dstcountry', inward ? 'Turkey' : 'Reserved'],
      ['sessionid', sessionId],
      ['proto', 6],
      ['action', 'deny'],
      ['policyid', 0],
      ['policytype', inward ? 'local-in-policy' : 'policy'],
      ['service', `tcp/${port}`],
      ['trandisp', 'noop'],
      ['app', `tcp/${port}`],
      ['duration', 0],
      ['sentbyte', 0],
      ['rcvdbyte', 0],
      ['sentpkt', 0],
      ['rcvdpkt', 0],
      ['crscore', 30],
      ['craction', 131_072],
      ['crlevel', 'high'],
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

  function userLogin(now: Micros): string {
    const host = random.pick(cluster.hosts);
    const good = random.chance(0.85);
    return write(now, good ? '0102043008' : '0102043009', 'event/user', 'notice', [
      ['logdesc', good ? 'Authentication success' : 'Authentication failed'],
      ['srcip', host.address, 'bare'],
      ['dstip', '10.10.1.1', 'bare'],
      ['policyid', 12],
      ['interface', 'lan'],
      ['user', host.person.account],
      ['group', host.person.department],
      ['authproto', `HTTPS(${host.address})`],
      ['action', 'authentication'],
      ['status', good ? 'success' : 'failure'],
      ['reason', good ? 'N/A' : 'Wrong password'],
      ['msg', `User ${host.person.account} ${good ? 'succeeded' : 'failed'} in authentication`],
    ]);
  }

  function adminLogin(now: Micros): string {
    const good = random.chance(0.7);
    const from = good ? '10.10.1.5' : anyAttacker(random);
    const user = good ? 'bt.yonetici' : random.pick(['admin', 'root', 'fortinet']);
    return write(now, good ? '0100032001' : '0100032002', 'event/system', good ? 'information' : 'alert', [
      ['logdesc', good ? 'Admin login successful' : 'Admin login failed'],
      ['sn', String(random.int(1_700_000_000, 1_799_999_999))],
      ['user', user],
      ['ui', `https(${from})`],
      ['method', 'https'],
      ['srcip', from, 'bare'],
      ['dstip', good ? '10.10.1.1' : cluster.wanAddress, 'bare'],
      ['action', 'login'],
      ['status', good ? 'success' : 'failed'],
      ['reason', good ? 'none' : 'name_invalid'],
      ['profile', good ? 'super_admin' : 'none'],
      ['msg', `Administrator ${user} ${good ? 'logged in successfully' : 'login failed'} from https(${from})`],
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
    if (rest < 0.12) return attack(now);
    if (rest < 0.145) return vpn(now);
    if (rest < 0.17) return userLogin(now);
    if (rest < 0.174) return adminLogin(now);
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
