import { expect, it } from 'vitest';
import { scoreBars } from './score-bars.ts';

const HOUR_MS = 3600_000;
const hour = (at: number, ok: number, raw = 0) => ({ hour: new Date(at * HOUR_MS), ok, partial: 0, failed: 0, raw });

it('has a bar for each hour of the period, those without a record among them', () => {
  expect(scoreBars([hour(10, 3, 1), hour(12, 5)], 4, 13.7 * HOUR_MS)).toEqual([
    { at: 10 * HOUR_MS, records: 4, score: 0.75 },
    { at: 11 * HOUR_MS, records: 0, score: null },
    { at: 12 * HOUR_MS, records: 5, score: 1 },
    { at: 13 * HOUR_MS, records: 0, score: null },
  ]);
});

it('leaves out what is older', () => {
  const bars = scoreBars([hour(1, 1), hour(200, 1)], 24, 200 * HOUR_MS);
  expect(bars).toHaveLength(24);
  expect(bars.filter(({ score }) => score !== null)).toEqual([{ at: 200 * HOUR_MS, records: 1, score: 1 }]);
});
