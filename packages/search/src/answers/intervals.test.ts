import { MICROS_PER_DAY } from '@logmaster/core/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseInterval } from './intervals.ts';

test('an interval never makes more buckets than wished, and days begin at midnight', () => {
  const from = Date.UTC(2026, 10, 22, 13, 7) * 1000;
  expect(chooseInterval(from, from + MICROS_PER_DAY, 100)).toBe(900_000_000);
  expect(chooseInterval(from, from + 30 * MICROS_PER_DAY, 32)).toBe(MICROS_PER_DAY);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e15 }),
      fc.integer({ min: 1, max: 4e14 }),
      fc.integer({ min: 2, max: 300 }),
      (start, length, buckets) => {
        const interval = chooseInterval(start, start + length, buckets);
        expect(Math.ceil((start + length) / interval) - Math.floor(start / interval)).toBeLessThanOrEqual(buckets);
      },
    ),
  );
});
