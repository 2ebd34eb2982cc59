import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { DeviceModel } from './contracts.ts';
import { anyAttacker, anyDestination, anyMac, KNOCKED_PORTS, portPool } from './network.ts';
import { type Person, people } from './people.ts';
import type { Random } from './random.ts';
import { activity } from './rhythm.ts';
import { createSchedule } from './schedule.ts';
import { bsdTime } from './zone.ts';

export interface MikrotikPlan {
  readonly hostname: string;
  readonly address: string;
  readonly share: number;
  readonly natAddress: string;
  readonly outsideAddress: string;
}

interface Guest {
  readonly person: Person;
  readonly address: string;
  readonly mac: string;
  readonly device: string;
  present: boolean;
}

/** Guests at the busiest hour. */
const FULL_HOUSE = 60;
const LAN = 'bridge-misafir';
const WAN = 'ether1-wan';
const LOGOUT_REASONS = ['user request', 'keepalive timeout', 'session timeout', 'admin reset'] as const;

/**
 * A MikroTik with a hotspot (RouterOS 7, `bsd-syslog=yes`): a guest gets an address by DHCP, signs in at the hotspot,
 * opens connections with source NAT, signs out and gives the address back. Only signed-in guests open connections.
 */
export function createMikrotik(plan: MikrotikPlan, random: Random): DeviceModel {
  const schedule = createSchedule();
  const clientPort = portPool(random, 32_768, 60_999);
  const regulars = people(random.fork('guests'), 150);
  const inside: Guest[] = [];
  const seconds = (mean: number) => Math.ceil(random.exponential(mean) * MICROS_PER_SECOND);
  let lastHost = random.int(10, 900);

  /** Facility daemon (3), severity from the topic, as `syslog-severity=auto` does. */
  const write = (now: Micros, severity: number, topics: string, text: string) =>
    `<${3 * 8 + severity}>${bsdTime(now)} ${plan.hostname} ${topics} ${text}`;

  function arrive(now: Micros): string {
    const person = random.pick(regulars);
    lastHost = lastHost >= 1000 ? 10 : lastHost + 1;
    const guest: Guest = {
      person,
      address: `10.30.${4 + (lastHost >> 8)}.${lastHost & 255}`,
      mac: anyMac(random).toUpperCase(),
      device: random.pick([
        `iPhone-${person.name.split(' ')[0]}`,
        'Galaxy-A54',
        'Redmi-Note-12',
        `${person.account.split('.')[0]}-laptop`,
      ]),
      present: false,
    };
    const at = now + seconds(2);
    if (random.chance(0.12)) {
      schedule.add(at, (moment) =>
        write(
          moment,
          6,
          'hotspot,info,debug',
          `${person.account} (${guest.address}): login failed: invalid username or password`,
        ),
      );
    }
    schedule.add(at + 1, (moment) => {
      guest.present = true;
      inside.push(guest);
      schedule.add(moment + seconds(240), (later) => leave(guest, later));
      return write(moment, 6, 'hotspot,account,info,debug', `${person.account} (${guest.address}): logged in`);
    });
    return write(now, 6, 'dhcp,info', `dhcp-misafir assigned ${guest.address} for ${guest.mac} ${guest.device}`);
  }

  function leave(guest: Guest, now: Micros): string {
    guest.present = false;
    inside.splice(inside.indexOf(guest), 1);
    schedule.add(now + seconds(5), (at) =>
      write(at, 6, 'dhcp,info', `dhcp-misafir deassigned ${guest.address} for ${guest.mac} ${guest.device}`),
    );
    return write(
      now,
      6,
      'hotspot,account,info,debug',
      `${guest.person.account} (${guest.address}): logged out: ${random.pick(LOGOUT_REASONS)}`,
    );
  }

  /** First packet of a connection, then one late in it: RouterOS logs packets that match a rule, not sessions. */
  function connect(now: Micros, guest: Guest): string {
    const to = anyDestination(random);
    const port = clientPort();
    const target = `${to.address}:${to.port}`;
    const from = `${guest.address}:${port}`;
    const nat = `NAT (${from}->${plan.natAddress}:${port})->${target}`;
    const packet = (state: string, flags: string, length: number) =>
      `forward: in:${LAN} out:${WAN}, connection-state:${state},snat src-mac ${guest.mac.toLowerCase()}, ` +
      `proto ${to.transport === 'tcp' ? `TCP (${flags})` : 'UDP'}, ${from}->${target}, ${nat}, len ${length}`;
    if (to.transport === 'tcp') {
      schedule.add(now + seconds(8), (at) => write(at, 6, 'firewall,info', packet('established', 'ACK,FIN', 52)));
    }
    return write(now, 6, 'firewall,info', packet('new', 'SYN', to.transport === 'tcp' ? 60 : random.int(60, 900)));
  }

  function drop(now: Micros): string {
    const [source, chain, mac] = random.chance(0.4)
      ? [
          `10.30.${random.int(4, 7)}.${random.int(10, 250)}`,
          `drop-misafir forward: in:${LAN} out:bridge-ofis`,
          `src-mac ${anyMac(random)}, `,
        ]
      : [anyAttacker(random), `drop input: in:${WAN} out:(unknown 0)`, `src-mac ${anyMac(random)}, `];
    const to = chain.includes('forward') ? `10.30.1.${random.int(5, 50)}` : plan.outsideAddress;
    return write(
      now,
      6,
      'firewall,info',
      `${chain}, connection-state:new ${mac}proto TCP (SYN), ${source}:${random.int(1024, 65_535)}->${to}:${random.pick(KNOCKED_PORTS)}, len ${random.pick([40, 44, 52, 60])}`,
    );
  }

  function login(now: Micros): string {
    if (random.chance(0.4))
      return write(now, 6, 'system,info,account', 'user bt.yonetici logged in from 10.30.1.5 via winbox');
    return write(
      now,
      3,
      'system,error,critical',
      `login failure for user ${random.pick(['admin', 'root', 'ubnt'])} from ${anyAttacker(random)} via ssh`,
    );
  }

  function begin(now: Micros): string {
    if (inside.length < FULL_HOUSE * activity(now) && random.chance(inside.length < 3 ? 0.7 : 0.12)) return arrive(now);
    const draw = random.next();
    if (draw < 0.16 || inside.length === 0) return drop(now);
    if (draw < 0.175) return login(now);
    return connect(now, random.pick(inside));
  }

  return {
    name: plan.hostname,
    address: plan.address,
    wire: 'udp',
    share: plan.share,
    next: (now) => (schedule.take(now) ?? begin)(now),
  };
}
