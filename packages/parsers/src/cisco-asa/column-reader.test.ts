import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, mutated, shortWays } from '../testing/both-ways.ts';
import { readFixtures } from '../testing/fixtures.ts';

const IDS = /-(?:30201[3-6]|30202[01]|3050(?:09|1[0-2])|1060(?:01|06|07|15|23)|106100): /;
const fixtures = readFixtures('cisco-asa').filter((line) => IDS.test(line.toString()));

const HEAD = '<166>Nov 23 2026 19:56:31 fw1 : %ASA-';
const plain = [
  '6-302013: Built outbound TCP connection 4 for outside:203.0.113.80/443 (203.0.113.80/443) to inside:10.20.10.15/51514 (198.51.100.20/21514)',
  '6-302013: Built inbound TCP connection 4 for outside:203.0.113.80/40443 (203.0.113.80/40443) to dmz:10.20.10.15/443 (198.51.100.20/443) (ayse)',
  '6-302013: Built outbound TCP connection 4 for outside:203.0.113.80/443 (203.0.113.80/443) to inside:10.20.10.15/51514(LOCAL\\ayse) (198.51.100.20/21514) (ayse)',
  '6-302014: Teardown TCP connection 4 for outside:203.0.113.80/443 to inside:10.20.10.15/51514 duration 0:00:10 bytes 65414 TCP FINs from inside',
  '6-302014: Teardown TCP connection 4 for outside:203.0.113.80/443 to inside:10.20.10.15/51514(LOCAL\\ayse) duration 0:00:10 bytes 0 TCP Reset-I (ayse)',
  '6-302016: Teardown UDP connection 4 for outside:192.0.2.53/53 to inside:10.20.10.15/60001 duration 0:02:00 bytes 130',
  '6-302020: Built outbound ICMP connection for faddr 192.0.2.9/0 gaddr 198.51.100.20/1 laddr 10.20.10.15/1',
  '6-302021: Teardown ICMP connection for faddr 192.0.2.9/0 gaddr 10.20.10.15/1 laddr 10.20.10.15/1 type 8 code 0',
  '6-302020: Built inbound ICMP connection 77 for faddr 192.0.2.9/0(a\\b) gaddr 198.51.100.20/0 laddr 10.20.10.15/0 type 8 code 0',
  '6-305011: Built dynamic TCP translation from inside:10.20.10.15/51514(LOCAL\\ayse) to outside:198.51.100.20/21514',
  '6-305012: Teardown static translation from inside:10.20.10.15 to outside:198.51.100.20 duration 0:00:40',
  '2-106001: Inbound TCP connection denied from 203.0.113.66/40001 to 198.51.100.19/3389 flags SYN  on interface outside',
  '2-106006: Deny inbound UDP from 203.0.113.66/40001 to 198.51.100.19/161 on interface outside',
  '2-106007: Deny inbound UDP from 203.0.113.66/53 to 198.51.100.19/40001 due to DNS Response',
  '6-106015: Deny TCP (no connection) from 10.20.10.15/51514 to 203.0.113.80/443 flags RST ACK  on interface inside',
  '4-106023: Deny tcp src outside:203.0.113.66/40001 dst inside:198.51.100.19/445 by access-group "OUTSIDE_IN" [0x8ed66b60, 0x0]',
  '4-106023: Deny icmp src inside:10.20.10.15(ANK\\mehmet) dst outside:203.0.113.80 (type 8, code 0) by access-group "INSIDE_OUT" [0x0, 0x0]',
  '6-106100: access-list INSIDE_OUT denied tcp inside/10.20.10.15(51514) -> outside/203.0.113.80(25) hit-cnt 1 first hit [0x8ed66b60, 0x00000000]',
  '6-106100: access-list X permitted udp inside/10.20.10.15(51514)(LOCAL\\ayse) -> outside/203.0.113.80(53) hit-cnt 3 300-second interval',
].map((text) => Buffer.from(`${HEAD}${text}`));

const PIECES = [
  ...' ():/\\.-"\',%[]0123456789aZ',
  '10.0.0.256',
  '010.0.0.1',
  '2001:db8::1',
  '/99999',
  '/080',
  ' (10.0.0.1/80)',
  '(LOCAL\\x)',
  '(a b)',
  '(9:guests)',
  '(LOCAL\\x, 9:guests)',
  'inbound ',
  'outbound ',
  'protocol ',
  ' duration 0:00:10',
  '999999:99:99',
  '99999999999999999',
  ' TCP FINs',
  ' due to x',
  ' flags SYN  on ',
  ' src a:1.2.3.4',
  'IP',
  'icmp',
  '47',
  '-',
  'N/A',
  '<999>',
  '\t',
  'ş',
];

describe('ASA records in columns are the event parser’s', { timeout: 180_000 }, () => {
  it('for the fixtures, and for each wording cut at every byte', () => {
    expectSame(fixtures);
    expectSame(plain);
    for (const line of plain) {
      expectSame(Array.from({ length: line.length + 1 }, (_, length) => line.subarray(0, length)));
    }
  });

  it('and plain records do not become text on the way', () => {
    expect(shortWays(plain)).toBe(plain.length);
  });

  it('for records with pieces put in and taken out', () => {
    fc.assert(
      fc.property(mutated([...plain, ...fixtures], PIECES), (records) => expectSame(records)),
      { numRuns: 1500 },
    );
  });
});
