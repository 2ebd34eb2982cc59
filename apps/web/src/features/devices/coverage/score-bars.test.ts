import { expect, it } from 'vitest';
import { scoreBars } from './score-bars.ts';

const HOUR_MS = 3600_000;
const hour = (at: number, ok: number, raw = 0) => ({ hour: new Date(at * HOUR_MS), ok, partial: 0, failed: 0, raw });

it('has a bar for each hour, gaps among them', () => {
  expect(scoreBars([hour(10, 3, 1), hour(12, 5)], 24)).toEqual([
    { at: 10 * HOUR_MS, records: 4, score: 0.75 },
    { at: 11 * HOUR_MS, records: 0, score: null },
    { at: 12 * HOUR_MS, records: 5, score: 1 },
  ]);
});

it('keeps the newest', () => {
  const bars = scoreBars([hour(1, 1), hour(200, 1)], 24);
  expect(bars).toHaveLength(24);
  expect(bars.at(-1)).toMatchObject({ at: 200 * HOUR_MS, score: 1 });
  expect(scoreBars([], 24)).toEqual([]);
});
