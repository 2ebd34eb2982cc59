import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternOf } from './pattern.ts';
import { PatternTable } from './pattern-table.ts';

describe('patternOf', () => {
  it.each([
    ['login from 10.0.0.5:443 took 12 ms', 'login from * took * ms'],
    ['  a\t b  ', 'a b'],
    ['peer 2001:db8::1 mac 00:1B:44:11:3a:b7 gone.', 'peer * mac * gone.'],
    ['hash 9f86d081884c7d65 of "my file.txt" (3)', 'hash * of "*" (*)'],
    ['srcip=10.0.0.1 user=ali action="accept"', 'srcip=* user=* action="*"'],
    ['%ASA-6-302013: Built', '%ASA-6-302013: Built'],
    ['eth0/1 up', 'eth*/* up'],
    ['say "never closed 1 2 3', 'say "*"'],
    ['', ''],
  ])('%j becomes %j', (text, pattern) => {
    expect(patternOf(text)).toBe(pattern);
  });

  it('is bounded, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (text) => {
        expect(patternOf(text).length).toBeLessThanOrEqual(2 * 240 + 3);
      }),
    );
    expect(patternOf('word '.repeat(20_000)).length).toBeLessThan(250);
  });

  it('does not depend on the numbers in a text', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(patternOf(`session ${a} closed after ${b} s`)).toBe('session * closed after * s');
      }),
    );
  });
});

describe('PatternTable', () => {
  it('counts, and joins what differs in a few words', () => {
    const table = new PatternTable(10);
    for (const [index, name] of ['ali', 'veli', 'ayşe', 'ali'].entries())
      table.add(`user ${name} logged in`, 1, `r${index}`);
    table.add('fan failed', 2, 'f');
    table.add('fan repaired', 1, 'g');
    expect(table.counts).toEqual([
      { pattern: 'user * logged in', count: 4, sample: 'r0' },
      { pattern: 'fan failed', count: 2, sample: 'f' },
      { pattern: 'fan repaired', count: 1, sample: 'g' },
    ]);
  });

  it('loses no record, however many patterns there are, and keeps no more than it may', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 12 }), fc.integer({ min: 1, max: 9 }))), (added) => {
        const table = new PatternTable(5);
        for (const [pattern, count] of added) table.add(pattern, count, 'r');
        const kept = table.counts.reduce((sum, { count }) => sum + count, 0);
        expect(kept + table.other).toBe(added.reduce((sum, [, count]) => sum + count, 0));
        expect(table.counts.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
