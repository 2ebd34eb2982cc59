import { expect, test } from 'vitest';
import { TimeBudget } from './budget.ts';

test('one slow record in a hundred is forgiven', () => {
  const budget = new TimeBudget(10);
  for (let index = 0; index < 10_000; index++) {
    expect(budget.spend(index % 200 === 0 ? 20 : 1, index)).toBe(false);
  }
});

test('slow records one after the other suspend for ten minutes', () => {
  const budget = new TimeBudget(10);
  expect([11, 11, 30, 30, 30].map((ms) => budget.spend(ms, 1000))).toEqual([false, false, false, false, true]);
  expect([1000, 1000 + 599_999, 1000 + 600_000].map((now) => budget.isSuspended(now))).toEqual([true, true, false]);
  expect(budget.spend(30, 700_000)).toBe(false);
});

test('one record that takes 25 times as long is enough', () => {
  expect(new TimeBudget(10).spend(250, 0)).toBe(true);
});
