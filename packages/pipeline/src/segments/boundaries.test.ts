import { dayStart, MICROS_PER_DAY, MICROS_PER_SECOND } from '@logmaster/core/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundaryAfter, closeAt, midnightAfter } from './boundaries.ts';

const DAY = dayStart('2026-03-07');
const seconds = fc.integer({ min: 1, max: 86_400 });
const moment = fc.integer({ min: 0, max: 3 * MICROS_PER_DAY }).map((offset) => DAY + offset);

test('a boundary lies after the start, within the interval, and not beyond midnight', () => {
  fc.assert(
    fc.property(moment, seconds, (from, interval) => {
      const to = boundaryAfter(from, interval);
      expect(to).toBeGreaterThan(from);
      expect(to - from).toBeLessThanOrEqual(interval * MICROS_PER_SECOND);
      expect(to).toBeLessThanOrEqual(midnightAfter(from));
    }),
  );
});

test('after an outage the last boundary that has passed is taken, and no day is skipped', () => {
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 0, max: 2 * MICROS_PER_DAY }),
      fc.integer({ min: 60, max: 86_400 }),
      (from, gap, interval) => {
        const known = boundaryAfter(from, interval) + gap;
        const to = closeAt(from, known, interval);
        expect(to).toBeLessThanOrEqual(Math.min(known, midnightAfter(from)));
        expect(boundaryAfter(to, interval) > known || to === midnightAfter(from)).toBe(true);
      },
    ),
  );
});

test.each([
  ['on the hour', 0, 3600, 3_600_000_000],
  ['inside an hour', 1, 3600, 3_600_000_000],
  ['an interval that does not divide the day ends at midnight', 86_399_000_000, 7000, MICROS_PER_DAY],
])('%s', (_, offset, interval, expected) => {
  expect(boundaryAfter(DAY + offset, interval)).toBe(DAY + expected);
});
