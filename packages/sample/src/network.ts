import { type Person, people } from './people.ts';
import type { Random } from './random.ts';

/** A computer behind a firewall. */
export interface Host {
  readonly address: string;
  /** `3c:52:82:0a:1b:2c` */
  readonly mac: string;
  readonly name: string;
  readonly person: Person;
}

/** A server on the Internet. Addresses are from documentation ranges only (RFC 5737, RFC 3849). */
export interface Destination {
  readonly address: string;
  readonly domain: string;
  readonly port: number;
  readonly service: string;
  readonly transport: 'tcp' | 'udp';
  readonly application: string;
  readonly country: string;
  /** Relative frequency. */
  readonly weight: number;
}

const server = (
  address: string,
  domain: string,
  service: string,
  application: string,
  country: string,
  weight: number,
): Destination => {
  const port = { HTTPS: 443, HTTP: 80, DNS: 53, NTP: 123, QUIC: 443, IMAPS: 993, SMTP: 25, SSH: 22 }[service] ?? 443;
  const transport = service === 'DNS' || service === 'NTP' || service === 'QUIC' ? 'udp' : 'tcp';
  return { address, domain, port, service, transport, application, country, weight };
};

export const DESTINATIONS: readonly Destination[] = [
  server('203.0.113.10', 'www.haber.example', 'HTTPS', 'HTTPS.BROWSER', 'Turkey', 14),
  server('203.0.113.11', 'internetsube.banka.example', 'HTTPS', 'HTTPS.BROWSER', 'Turkey', 9),
  server('203.0.113.12', 'ebeyanname.vergi.example', 'HTTPS', 'HTTPS.BROWSER', 'Turkey', 6),
  server('203.0.113.13', 'mail.example.com', 'IMAPS', 'IMAPS', 'Turkey', 8),
  server('203.0.113.53', 'dns1.operator.example', 'DNS', 'DNS', 'Turkey', 22),
  server('192.0.2.20', 'cdn.video.example', 'QUIC', 'QUIC', 'Germany', 10),
  server('192.0.2.21', 'updates.example.org', 'HTTP', 'HTTP.BROWSER', 'Netherlands', 6),
  server('192.0.2.22', 'api.bulut.example', 'HTTPS', 'Cloud.Storage', 'Ireland', 10),
  server('192.0.2.23', 'sohbet.example.net', 'HTTPS', 'Instant.Messaging', 'United States', 8),
  server('192.0.2.123', 'ntp.example.org', 'NTP', 'NTP', 'Germany', 3),
  server('192.0.2.24', 'git.example.org', 'SSH', 'SSH', 'United States', 1),
  server('203.0.113.25', 'relay.posta.example', 'SMTP', 'SMTP', 'Turkey', 2),
];
const TOTAL_WEIGHT = DESTINATIONS.reduce((sum, destination) => sum + destination.weight, 0);

export function anyDestination(random: Random): Destination {
  let left = random.next() * TOTAL_WEIGHT;
  for (const destination of DESTINATIONS) {
    left -= destination.weight;
    if (left < 0) return destination;
  }
  return DESTINATIONS[0] as Destination;
}

/** A stranger on the Internet who tries doors. */
export function anyAttacker(random: Random): string {
  return random.chance(0.5) ? `203.0.113.${random.int(100, 250)}` : `192.0.2.${random.int(130, 250)}`;
}

/** What scanners and worms try first. */
export const KNOCKED_PORTS = [23, 22, 445, 3389, 8080, 5900, 1433, 3306, 2323, 8291, 6379, 5060] as const;

const MAC_VENDORS = ['3c:52:82', '00:1b:63', 'a4:bb:6d', '48:2a:e3', 'dc:a6:32'] as const;

export function anyMac(random: Random): string {
  const tail = random.hex(6);
  return `${random.pick(MAC_VENDORS)}:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4, 6)}`;
}

/** `count` hosts in /24 networks from `prefix` (`10.10.20`) on, each with a person. At most 200 a network. */
export function hosts(random: Random, prefix: string, namePrefix: string, count: number): readonly Host[] {
  const [first, second, third] = prefix.split('.').map(Number) as [number, number, number];
  return people(random, count).map((person, index) => ({
    address: `${first}.${second}.${third + Math.floor(index / 200)}.${20 + (index % 200)}`,
    mac: anyMac(random),
    name: `${namePrefix}-PC-${String(index + 1).padStart(3, '0')}`,
    person,
  }));
}

/** Ephemeral ports in order with small steps, as operating systems and NAT pools hand them out. */
export function portPool(random: Random, low: number, high: number): () => number {
  let last = random.int(low, high);
  return () => {
    last += random.int(1, 5);
    if (last > high) last = low + (last - high);
    return last;
  };
}
