import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { DeviceModel } from './contracts.ts';
import { anyAttacker, anyDestination, type Host, KNOCKED_PORTS, portPool } from './network.ts';
import type { Random } from './random.ts';
import { activity } from './rhythm.ts';
import { createSchedule } from './schedule.ts';
import { turkishTime } from './zone.ts';

export interface AsaPlan {
  readonly hostname: string;
  readonly address: string;
  readonly share: number;
  readonly hosts: readonly Host[];
  readonly natAddress: string;
  readonly outsideAddress: string;
}

const TEARDOWN_REASONS = [
  'TCP FINs from inside',
  'TCP FINs from outside',
  'TCP Reset-O',
  'TCP Reset-I',
  'Idle Timeout',
] as const;
/** Dynamic PAT entries outlive their connection by this long (`timeout xlate` for PAT). */
const TRANSLATION_LINGER: Micros = 30 * MICROS_PER_SECOND;

/**
 * A Cisco ASA: translation and connection pairs (305011/305012, 302013–302016) with the same connection id and ports,
 * denies (106001, 106015, 106023, 106100) and AnyConnect sign-ins (113004, 113005, 113019, 113039, 722051). Header as with
 * `logging timestamp` and `logging device-id hostname`: facility local4, local time, no zone.
 */
export function createAsa(plan: AsaPlan, random: Random): DeviceModel {
  const schedule = createSchedule();
  const clientPort = portPool(random, 49_152, 65_535);
  const natPort = portPool(random, 1024, 61_000);
  const seconds = (mean: number) => Math.ceil(random.exponential(mean) * MICROS_PER_SECOND);
  let connection = random.int(10_000_000, 90_000_000);

  const write = (now: Micros, severity: number, id: number, text: string) => {
    const local = turkishTime(now);
    const stamp = `${local.month} ${String(local.day).padStart(2, '0')} ${local.year} ${local.time}`;
    return `<${20 * 8 + severity}>${stamp} ${plan.hostname} : %ASA-${severity}-${id}: ${text}`;
  };

  function connect(now: Micros): string {
    connection += random.int(1, 4);
    const id = connection;
    const host = random.pick(plan.hosts);
    const to = anyDestination(random);
    const upper = to.transport === 'tcp' ? 'TCP' : 'UDP';
    const inside = `inside:${host.address}/${clientPort()}`;
    const mapped = `${plan.natAddress}/${natPort()}`;
    const outside = `outside:${to.address}/${to.port}`;
    const user = `(LOCAL\\${host.person.account})`;
    const life = seconds(to.transport === 'tcp' ? 20 : 4);
    const bytes = 200 + Math.round(random.exponential(40_000));
    const reason = to.transport === 'tcp' ? ` ${random.pick(TEARDOWN_REASONS)}` : '';
    const builtId = to.transport === 'tcp' ? 302_013 : 302_015;
    let built = now;
    schedule.add(now, (at) => {
      built = at;
      return write(
        at,
        6,
        builtId,
        `Built outbound ${upper} connection ${id} for ${outside} (${to.address}/${to.port}) to ${inside}${user} (${mapped}) (${host.person.account})`,
      );
    });
    schedule.add(now + life, (at) =>
      write(
        at,
        6,
        builtId + 1,
        `Teardown ${upper} connection ${id} for ${outside} to ${inside}${user} duration ${duration(at - built)} bytes ${bytes}${reason} (${host.person.account})`,
      ),
    );
    schedule.add(now + life + TRANSLATION_LINGER, (at) =>
      write(
        at,
        6,
        305_012,
        `Teardown dynamic ${upper} translation from ${inside}${user} to outside:${mapped} duration ${duration(at - now)}`,
      ),
    );
    return write(now, 6, 305_011, `Built dynamic ${upper} translation from ${inside}${user} to outside:${mapped}`);
  }

  function denyOutside(now: Micros, from = anyAttacker(random), port: number = random.pick(KNOCKED_PORTS)): string {
    const to = plan.outsideAddress;
    if (random.chance(0.15)) {
      return write(
        now,
        2,
        106_001,
        `Inbound TCP connection denied from ${from}/${random.int(1024, 65_535)} to ${to}/${port} flags SYN  on interface outside`,
      );
    }
    return write(
      now,
      4,
      106_023,
      `Deny tcp src outside:${from}/${random.int(1024, 65_535)} dst inside:${to}/${port} by access-group "OUTSIDE_IN" [0x${random.hex(8)}, 0x0]`,
    );
  }

  function denyInside(now: Micros): string {
    const { address } = random.pick(plan.hosts);
    const to = anyDestination(random).address;
    if (random.chance(0.4)) {
      return write(
        now,
        6,
        106_015,
        `Deny TCP (no connection) from ${address}/${clientPort()} to ${to}/443 flags RST  on interface inside`,
      );
    }
    return write(
      now,
      6,
      106_100,
      `access-list INSIDE_OUT denied tcp inside/${address}(${clientPort()}) -> outside/${to}(${random.pick(KNOCKED_PORTS)}) hit-cnt 1 first hit [0x${random.hex(8)}, 0x00000000]`,
    );
  }

  function portScan(now: Micros): string {
    const from = anyAttacker(random);
    const firstPort = random.int(1, 5000);
    const count = random.int(30, 80);
    for (let step = 1; step < count; step++) {
      schedule.add(now + step * 60_000, (at) => denyOutside(at, from, firstPort + step));
    }
    return denyOutside(now, from, firstPort);
  }

  function vpn(now: Micros): string {
    const { account } = random.pick(plan.hosts).person;
    const remote = `203.0.113.${random.int(60, 99)}`;
    const inner = `10.20.200.${random.int(10, 250)}`;
    if (random.chance(0.25)) {
      return write(
        now,
        6,
        113_005,
        `AAA user authentication Rejected : reason = AAA failure : server =  10.20.1.10 : user = ${account} : user IP = ${remote}`,
      );
    }
    const [out, back] = [random.int(10_000, 90_000_000), random.int(10_000, 9_000_000)];
    schedule.add(now, (at) =>
      write(at, 6, 113_039, `Group <VPN-ANKARA> User <${account}> IP <${remote}> AnyConnect parent session started.`),
    );
    schedule.add(now + 1, (at) =>
      write(
        at,
        4,
        722_051,
        `Group <VPN-ANKARA> User <${account}> IP <${remote}> IPv4 Address <${inner}> IPv6 address <::> assigned to session`,
      ),
    );
    schedule.add(now + 2 + seconds(120), (at) => {
      const whole = Math.floor((at - now) / MICROS_PER_SECOND);
      const spent = `${Math.floor(whole / 3600)}h:${pad(Math.floor(whole / 60) % 60)}m:${pad(whole % 60)}s`;
      return write(
        at,
        4,
        113_019,
        `Group = VPN-ANKARA, Username = ${account}, IP = ${remote}, Session disconnected. Session Type: SSL, Duration: ${spent}, Bytes xmt: ${out}, Bytes rcv: ${back}, Reason: User Requested`,
      );
    });
    return write(now, 6, 113_004, `AAA user authentication Successful : server =  10.20.1.10 : user = ${account}`);
  }

  function begin(now: Micros): string {
    const strangers = 0.1 / (0.25 + 0.75 * activity(now));
    const draw = random.next();
    if (draw < strangers) return denyOutside(now);
    const rest = (draw - strangers) / (1 - strangers);
    if (rest < 0.1) return denyInside(now);
    if (rest < 0.14) return vpn(now);
    if (rest < 0.142) return portScan(now);
    return connect(now);
  }

  return {
    name: plan.hostname,
    address: plan.address,
    wire: 'tcp-lines',
    share: plan.share,
    next: (now) => (schedule.take(now) ?? begin)(now),
  };
}

const pad = (value: number) => String(value).padStart(2, '0');

/** `1:02:33` */
function duration(micros: Micros): string {
  const whole = Math.floor(micros / MICROS_PER_SECOND);
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}
