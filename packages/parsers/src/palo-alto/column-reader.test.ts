import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, mutated, shortWays } from '../testing/both-ways.ts';
import { readFixtures } from '../testing/fixtures.ts';

const fixtures = readFixtures('palo-alto');
const ofType = (type: string) => fixtures.filter((line) => line.includes(`,${type},`));
const traffic = ofType('TRAFFIC');

const PIECES = [
  ...',,, "/-:0159%{}[',
  ',0,',
  ',00,',
  ',"a,b",',
  ',"a""b",',
  ', x,',
  ',N/A,',
  ',-,',
  ',0.0.0.0,',
  ',10.0.0.256,',
  ',2001:db8::1,',
  ',2001:DB8::1,',
  ',99999,',
  ',start,',
  ',deny,',
  ',Allow,',
  ',url,',
  ',spyware,',
  ',dns,',
  ',a.example.com/b?c,',
  ',2026/11/23 19:56:31,',
  ',1970/01/01 00:00:00,',
  ',2026-11-23T19:56:31.437+03:00,',
  ',99999999999999999,',
  'TRAFFIC',
  'traffic',
  'THREAT',
  '%SYS-5-X: ',
  '[Fields@1.3.6.1.4.1.2620',
  'ş',
  '\t',
  '\u0130stanbul \ud83d\udd25',
  ',ORNEK\\\u015eahin,',
];

describe('rows in columns are the event parser’s', { timeout: 180_000 }, () => {
  it('for all fixtures, and for rows cut at every byte', () => {
    expectSame(fixtures);
    expectSame(fixtures.toReversed());
    const whole = [...traffic.slice(0, 3), ...ofType('THREAT').slice(0, 2), ...ofType('USERID').slice(0, 1)];
    for (const line of whole) {
      expectSame(Array.from({ length: line.length + 1 }, (_, length) => line.subarray(0, length)));
      expectSame(Array.from({ length: line.length }, (_, length) => line.subarray(0, line.length - length)));
    }
  });

  it('for rows whose date is none', () => {
    const [row = Buffer.alloc(0)] = traffic;
    expectSame(['2 26', '1926', '20x6'].map((year) => Buffer.from(row.toString().replace('2026', year))));
  });

  it.each([
    'TRAFFIC',
    'THREAT',
    'DECRYPTION',
    'GLOBALPROTECT',
    'USERID',
    'SYSTEM',
    'AUTHENTICATION',
    'HIPMATCH',
    'IPTAG',
  ])('and plain rows of %s do not become text on the way', (type) => {
    const lines = ofType(type);
    expect(lines.length).toBeGreaterThan(0);
    expect(shortWays(lines)).toBeGreaterThan(lines.length * 0.5);
  });

  it('for rows with pieces put in and taken out', () => {
    fc.assert(
      fc.property(mutated(fixtures, PIECES), (records) => expectSame(records)),
      { numRuns: 400 },
    );
  });

  it('for rows one behind the other, each with what the ones before have not', () => {
    const rows = fc.array(mutated(fixtures, PIECES), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(rows, (lists) => expectSame(lists.flat())),
      { numRuns: 60 },
    );
  });

  it('for rows of thousands of columns, open quotes and long values', () => {
    const [row = Buffer.alloc(0)] = traffic;
    const text = row.toString();
    expectSame(
      [
        text,
        `${text}${','.repeat(10_000)}`,
        text,
        `${text}${',x'.repeat(10_000)}`,
        text.replace('LAN-Internet', 'r'.repeat(65_536)),
        text.replace('LAN-Internet', 'r'.repeat(9000)),
        text.replace('LAN-Internet', `"${'a,'.repeat(5000)}`),
        text.replace('LAN-Internet', `"${'a,'.repeat(5000)}"`),
        text.replace('LAN-Internet', '"""""'),
        text,
      ].map((line) => Buffer.from(line)),
    );
  });
});
