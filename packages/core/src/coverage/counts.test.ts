import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COVERAGE_LIMITS, type CoverageCounts, mergeCoverage, NO_COVERAGE, parseScore, recordsOf } from './counts.ts';

const names = fc.uniqueArray(fc.string({ maxLength: 3 })).map((list) => list.sort());
const anyCounts: fc.Arbitrary<CoverageCounts> = fc
  .record({
    ok: fc.nat(99),
    partial: fc.nat(99),
    failed: fc.nat(99),
    raw: fc.nat(99),
    fields: names,
    labels: names,
    patterns: fc.uniqueArray(fc.record({ pattern: fc.string(), count: fc.nat(9), sample: fc.string() }), {
      selector: ({ pattern }) => pattern,
      maxLength: COVERAGE_LIMITS.patterns,
    }),
  })
  .map((given) => ({ ...NO_COVERAGE, ...given, parsers: { fortigate: given.ok } }));

const patternsIn = ({ patterns, otherPatterns }: CoverageCounts) =>
  patterns.reduce((sum, { count }) => sum + count, otherPatterns);

test('a merge adds up and stays within the limits', () => {
  fc.assert(
    fc.property(anyCounts, anyCounts, (a, b) => {
      const both = mergeCoverage(a, b);
      expect(recordsOf(both)).toBe(recordsOf(a) + recordsOf(b));
      expect(both.parsers.fortigate).toBe(a.ok + b.ok);
      expect(both.fields).toEqual([...new Set([...a.fields, ...b.fields])].sort());
      expect(patternsIn(both)).toBe(patternsIn(a) + patternsIn(b));
      expect(both.patterns.length).toBeLessThanOrEqual(COVERAGE_LIMITS.patterns);
    }),
  );
});

test('nothing is the neutral one', () => {
  fc.assert(
    fc.property(anyCounts, (a) => {
      const { patterns, ...rest } = mergeCoverage(NO_COVERAGE, a);
      expect(rest).toEqual({ ...a, patterns: undefined, labels: a.labels.slice(0, COVERAGE_LIMITS.labels) });
      expect(new Set(patterns)).toEqual(new Set(a.patterns));
    }),
  );
});

test('no record, no score', () => {
  expect(parseScore(NO_COVERAGE)).toBeNull();
  expect(parseScore({ ok: 3, partial: 1, failed: 0, raw: 0 })).toBe(0.75);
});
