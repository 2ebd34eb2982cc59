import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { DeviceModel } from './contracts.ts';
import { anyAttacker, KNOCKED_PORTS } from './network.ts';
import type { Random } from './random.ts';
import { createSchedule } from './schedule.ts';
import { turkishTime } from './zone.ts';

export interface IosPlan {
  readonly hostname: string;
  readonly address: string;
  readonly share: number;
  readonly outsideAddress: string;
}

const ADMINS = ['eyilmaz', 'ckaya', 'usahin'] as const;
const PORTS = ['GigabitEthernet0/0/2', 'GigabitEthernet0/0/3', 'TenGigabitEthernet0/1/0'] as const;
const COMMANDS = [
  'interface GigabitEthernet0/0/2',
  'description Izmir-MPLS',
  'no shutdown',
  'ip access-list extended EDGE-IN',
] as const;

/**
 * A core router on Cisco IOS with `logging origin-id hostname`, `service sequence-numbers` and
 * `service timestamps log datetime msec localtime show-timezone year` under `clock timezone TRT 3`: access lists, links
 * that go down and come back, sign-ins, configuration changes, a BGP neighbour.
 */
export function createIosRouter(plan: IosPlan, random: Random): DeviceModel {
  const schedule = createSchedule();
  const seconds = (mean: number) => Math.ceil(random.exponential(mean) * MICROS_PER_SECOND);
  let messages = random.int(100, 90_000);

  const clock = (now: Micros) => {
    const local = turkishTime(now);
    const millis = String(Math.floor(now / 1000) % 1000).padStart(3, '0');
    return `${local.month} ${String(local.day).padStart(2)} ${local.year} ${local.time}.${millis} TRT`;
  };
  /** Facility local7 (23). The first number counts messages to this host, the second all log messages. */
  const write = (now: Micros, severity: number, mnemonic: string, text: string) => {
    messages++;
    const sequence = String(messages + 211).padStart(6, '0');
    return `<${23 * 8 + severity}>${messages}: ${plan.hostname}: ${sequence}: ${clock(now)}: %${mnemonic}: ${text}`;
  };
  const at = (now: Micros) => {
    const local = turkishTime(now);
    return `at ${local.time} TRT ${local.weekday} ${local.month} ${local.day} ${local.year}`;
  };

  function accessList(now: Micros): string {
    const draw = random.next();
    const port = random.int(1024, 65_535);
    if (draw < 0.45) {
      return write(
        now,
        6,
        'SEC-6-IPACCESSLOGP',
        `list EDGE-IN denied tcp ${anyAttacker(random)}(${port}) -> ${plan.outsideAddress}(${random.pick(KNOCKED_PORTS)}), ${packets(random)}`,
      );
    }
    if (draw < 0.65) {
      return write(
        now,
        6,
        'SEC-6-IPACCESSLOGP',
        `list MGMT-ONLY denied tcp 10.10.${random.int(20, 21)}.${random.int(20, 219)}(${port}) -> 10.0.0.1(22), ${packets(random)}`,
      );
    }
    if (draw < 0.8) {
      return write(
        now,
        6,
        'SEC-6-IPACCESSLOGDP',
        `list EDGE-IN denied icmp ${anyAttacker(random)} -> ${plan.outsideAddress} (8/0), ${packets(random)}`,
      );
    }
    return write(
      now,
      6,
      'SEC-6-IPACCESSLOGP',
      `list BRANCHES permitted udp 10.${random.pick([10, 20, 30])}.1.10(${port}) -> 10.0.0.123(123), ${packets(random)}`,
    );
  }

  function flap(now: Micros): string {
    const port = random.pick(PORTS);
    const back = now + seconds(20);
    schedule.add(now + 1_000_000, (moment) =>
      write(moment, 5, 'LINEPROTO-5-UPDOWN', `Line protocol on Interface ${port}, changed state to down`),
    );
    schedule.add(Math.max(back, now + 3_000_000), (moment) =>
      write(moment, 3, 'LINK-3-UPDOWN', `Interface ${port}, changed state to up`),
    );
    schedule.add(Math.max(back, now + 3_000_000) + 1_000_000, (moment) =>
      write(moment, 5, 'LINEPROTO-5-UPDOWN', `Line protocol on Interface ${port}, changed state to up`),
    );
    return write(now, 3, 'LINK-3-UPDOWN', `Interface ${port}, changed state to down`);
  }

  function neighbour(now: Micros): string {
    schedule.add(now + seconds(30), (moment) => write(moment, 5, 'BGP-5-ADJCHANGE', 'neighbor 198.51.100.254 Up '));
    return write(now, 5, 'BGP-5-ADJCHANGE', 'neighbor 198.51.100.254 Down BGP Notification sent');
  }

  function signIn(now: Micros): string {
    if (random.chance(0.6)) {
      const user = random.pick(['root', 'admin', 'cisco']);
      return write(
        now,
        4,
        'SEC_LOGIN-4-LOGIN_FAILED',
        `Login failed [user: ${user}] [Source: ${anyAttacker(random)}] [localport: 22] [Reason: Login Authentication Failed] ${at(now)}`,
      );
    }
    const user = random.pick(ADMINS);
    const line = random.int(1, 4);
    schedule.add(now + seconds(10), (moment) =>
      write(moment, 5, 'PARSER-5-CFGLOG_LOGGEDCMD', `User:${user}  logged command:${random.pick(COMMANDS)}`),
    );
    const end = now + seconds(60) + 2_000_000;
    schedule.add(end, (moment) =>
      write(moment, 5, 'SYS-5-CONFIG_I', `Configured from console by ${user} on vty${line} (10.10.1.5)`),
    );
    schedule.add(end + 1_000_000, (moment) =>
      write(moment, 6, 'SYS-6-LOGOUT', `User ${user} has exited tty session ${line}(10.10.1.5)`),
    );
    return write(
      now,
      5,
      'SEC_LOGIN-5-LOGIN_SUCCESS',
      `Login Success [user: ${user}] [Source: 10.10.1.5] [localport: 22] ${at(now)}`,
    );
  }

  function begin(now: Micros): string {
    const draw = random.next();
    if (draw < 0.02) return flap(now);
    if (draw < 0.025) return neighbour(now);
    if (draw < 0.09) return signIn(now);
    return accessList(now);
  }

  return {
    name: plan.hostname,
    address: plan.address,
    wire: 'udp',
    share: plan.share,
    next: (now) => (schedule.take(now) ?? begin)(now),
  };
}

function packets(random: Random): string {
  const count = random.chance(0.7) ? 1 : random.int(2, 90);
  return count === 1 ? '1 packet' : `${count} packets`;
}
