import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClockSkews } from './clock-skews.ts';

function skewsOf(values: readonly number[]): ClockSkews {
  const skews = new ClockSkews(2);
  for (const value of values) skews.add('10.0.0.1', value, 0);
  return skews;
}

test('the median of the newest, whatever a few outliers say', () => {
  expect(skewsOf([]).median('10.0.0.1')).toBeNull();
  expect(skewsOf([5]).median('10.0.0.1')).toBe(5);
  expect(skewsOf([-3, -1_000_000, -2]).median('10.0.0.1')).toBe(-3);
  // A clock that was set right is right after as many records as are kept.
  expect(skewsOf([...new Array(1000).fill(7_200_000_000), ...new Array(63).fill(-40)]).median('10.0.0.1')).toBe(-40);
});

test('senders beyond the bound are left out', () => {
  const skews = new ClockSkews(2);
  for (const sender of ['a', 'b', 'c']) skews.add(sender, 1, 0);
  expect(['a', 'b', 'c'].map((sender) => skews.median(sender))).toEqual([1, 1, null]);
});

test('a sender that has fallen silent says nothing of its clock', () => {
  const skews = new ClockSkews(1);
  for (const at of [100, 300, 200]) skews.add('a', 5, at);
  expect([300, 301].map((since) => skews.median('a', since))).toEqual([5, null]);
});

test('it is one of the newest values, with as many above as below', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 200 }), (values) => {
      const newest = values.slice(-63);
      const median = skewsOf(values).median('10.0.0.1') as number;
      expect(newest).toContain(median);
      const below = newest.filter((value) => value < median).length;
      const above = newest.filter((value) => value > median).length;
      expect(Math.max(below, above)).toBeLessThanOrEqual(newest.length / 2);
    }),
  );
});
