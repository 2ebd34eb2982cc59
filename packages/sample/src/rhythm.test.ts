import { expect, test } from 'vitest';
import { activity } from './rhythm.ts';

const at = (iso: string) => activity(Date.parse(iso) * 1000);

test('a working day in Turkey: late morning is the peak, lunch dips, nights and weekends are quiet', () => {
  expect(at('2026-11-23T07:30:00Z')).toBe(1);
  expect(at('2026-11-23T09:30:00Z')).toBeLessThan(0.9);
  expect(at('2026-11-23T00:00:00Z')).toBeLessThan(0.2);
  expect(at('2026-11-22T07:30:00Z')).toBeCloseTo(0.4);
  expect(at('2026-11-22T23:59:59.999Z')).toBeGreaterThanOrEqual(0.12);
});
