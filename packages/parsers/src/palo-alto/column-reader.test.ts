import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, mutated, shortWays } from '../testing/both-ways.ts';
import { readFixtures } from '../testing/fixtures.ts';

const fixtures = readFixtures('palo-alto');
const traffic = fixtures.filter((line) => /,\d+,TRAFFIC,/.test(line.toString()));

const PIECES = [
  ...',,, "/-:0159%{}',
  ',0,',
  ',"a,b",',
  ',"a""b",',
  ', x,',
  ',N/A,',
  ',-,',
  ',0.0.0.0,',
  ',10.0.0.256,',
  ',2001:db8::1,',
  ',99999,',
  ',start,',
  ',deny,',
  ',Allow,',
  ',2026/11/23 19:56:31,',
  ',1970/01/01 00:00:00,',
  ',2026-11-23T19:56:31.437+03:00,',
  ',99999999999999999,',
  'TRAFFIC',
  'traffic',
  '%SYS-5-X: ',
  'ş',
  '\t',
];

describe('rows of TRAFFIC in columns are the event parser’s', { timeout: 180_000 }, () => {
  it('for all fixtures, and for rows cut at every byte', () => {
    expectSame(fixtures);
    for (const line of traffic.slice(0, 3)) {
      expectSame(Array.from({ length: line.length + 1 }, (_, length) => line.subarray(0, length)));
    }
  });

  it('and plain rows do not become text on the way', () => {
    expect(shortWays(traffic)).toBeGreaterThan(traffic.length * 0.5);
    expect(shortWays(traffic.slice(0, 2))).toBe(2);
  });

  it('for rows with pieces put in and taken out', () => {
    fc.assert(
      fc.property(mutated(traffic, PIECES), (records) => expectSame(records)),
      { numRuns: 800 },
    );
  });
});
