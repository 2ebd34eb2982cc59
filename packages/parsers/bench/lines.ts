import { readFixtures } from '../src/testing/fixtures.ts';

/** Records of one burst; all generators make so many. */
export const BURST = 2048;

const make = (line: (index: number) => string): Buffer[] =>
  Array.from({ length: BURST }, (_, index) => Buffer.from(line(index)));

/** As many as a burst has, the given ones in turn. */
export function repeated(lines: readonly Buffer[]): Buffer[] {
  return Array.from({ length: BURST }, (_, index) => lines[index % lines.length] as Buffer);
}

/** FortiGate traffic as firewalls send it: sessions, addresses and counters differ from line to line. */
export function fortigateTraffic(): Buffer[] {
  const pattern =
    readFixtures('fortigate')
      .find((line) => line.includes('type="traffic"'))
      ?.toString() ?? '';
  return make((index) =>
    pattern
      .replace(/srcip=[\d.]+/, `srcip=10.10.20.${index % 250}`)
      .replace(/dstip=[\d.]+/, `dstip=203.0.113.${(index * 7) % 250}`)
      .replace(/srcport=\d+/, `srcport=${20_000 + ((index * 31) % 40_000)}`)
      .replace(/sessionid=\d+/, `sessionid=${5_000_000 + index}`)
      .replace(/sentbyte=\d+/, `sentbyte=${(index * 977) % 100_000}`)
      .replace(/rcvdbyte=\d+/, `rcvdbyte=${(index * 3571) % 1_000_000}`),
  );
}

type AsaLine = (index: number, client: string, server: string) => string;

const ASA_LINES: readonly AsaLine[] = [
  (n, client) => `6-305011: Built dynamic TCP translation from inside:${client} to outside:198.51.100.20/${20_000 + n}`,
  (n, client, server) =>
    `6-302013: Built outbound TCP connection ${4e7 + n} for outside:${server}/443 (${server}/443) to inside:${client} (198.51.100.20/${20_000 + n})`,
  (n, client, server) =>
    `6-302014: Teardown TCP connection ${4e7 + n - 700} for outside:${server}/443 to inside:${client} duration 0:00:${10 + (n % 50)} bytes ${(n * 977) % 100_000} TCP FINs from inside`,
  (n, client) =>
    `6-305012: Teardown dynamic TCP translation from inside:${client} to outside:198.51.100.20/${20_000 + n} duration 0:00:${10 + (n % 50)}`,
  (n, client) =>
    `6-302015: Built outbound UDP connection ${4e7 + n} for outside:192.0.2.53/53 (192.0.2.53/53) to inside:${client} (198.51.100.20/${20_000 + n})`,
  (n, client) =>
    `6-302016: Teardown UDP connection ${4e7 + n} for outside:192.0.2.53/53 to inside:${client} duration 0:02:00 bytes ${130 + (n % 100)}`,
  (n, _client, server) =>
    `4-106023: Deny tcp src outside:${server}/${40_000 + n} dst inside:198.51.100.19/445 by access-group "OUTSIDE_IN" [0x8ed66b60, 0x0]`,
  (_n, client, server) =>
    `6-106015: Deny TCP (no connection) from ${client} to ${server}/443 flags RST ACK  on interface inside`,
  (n, client, server) =>
    `6-302020: Built outbound ICMP connection for faddr ${server}/0 gaddr 198.51.100.20/${n} laddr ${client}`,
  (n, _client, server) =>
    `6-106100: access-list INSIDE_OUT denied tcp inside/10.20.10.15(${n + 1000}) -> outside/${server}(25) hit-cnt 1 first hit [0x8ed66b60, 0x0]`,
];

/** The ids that are most of what an ASA sends, in equal parts, of three firewalls. */
export function asaTraffic(): Buffer[] {
  return make((index) => {
    const client = `10.20.${index % 9}.${(index * 7) % 250}/${20_000 + index}`;
    const line = ASA_LINES[index % ASA_LINES.length] as AsaLine;
    const text = line(index, client, `203.0.113.${(index * 13) % 200}`);
    return `<166>Nov 23 2026 19:56:31 ANK-ASA-0${index % 3} : %ASA-${text}`;
  });
}

/** Rows of PAN-OS as the first fixture of a type has them; sessions, addresses and counters differ. */
function paloAlto(type: string): (index: number) => string {
  const pattern =
    readFixtures('palo-alto')
      .find((line) => line.includes(`,${type},`))
      ?.toString() ?? '';
  return (index) =>
    pattern
      .replace('10.20.10.15', `10.20.${index % 9}.${(index * 7) % 250}`)
      .replaceAll('203.0.113.80', `203.0.113.${(index * 13) % 200}`)
      .replace(',284417,', `,${280_000 + index},`)
      .replace(',51514,', `,${20_000 + index},`)
      .replace(',21514,', `,${30_000 + index},`)
      .replace('7304387121517691189', `7304387121517${600_000 + index}`);
}

/** Nine sessions for each threat, of one firewall. */
export function paloAltoTraffic(): Buffer[] {
  const [traffic, threat] = [paloAlto('TRAFFIC'), paloAlto('THREAT')];
  return make((index) => (index % 10 === 9 ? threat : traffic)(index));
}

export function paloAltoThreats(): Buffer[] {
  return make(paloAlto('THREAT'));
}

export function unknownText(): Buffer[] {
  return make(
    (index) => `<134>Nov 23 19:56:31 host${index % 9} daemon[${index}]: something happened to unit ${index} again`,
  );
}

/** Text that shows signs of many vendors, of which each has to be asked. */
export function misleadingText(): Buffer[] {
  return make(
    (index) =>
      `<134>Nov 23 19:56:31 host${index % 9} daemon[${index}]: unit ${index}, state=ok {run: 7}, "something" | happened, at 100%`,
  );
}
