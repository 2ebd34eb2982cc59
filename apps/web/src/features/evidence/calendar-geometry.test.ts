import { expect, test } from 'vitest';
import { dayForKey, monthWeeks, shiftMonth } from './calendar-geometry.ts';

test('weeks begin on Monday and cover the month', () => {
  const weeks = monthWeeks('2026-11');
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
  expect(weeks.at(-1)?.[0]).toBe('2026-11-30');
  expect(monthWeeks('2024-02').flat().filter(Boolean)).toHaveLength(29);
});

test('months go over years', () => {
  expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
});

test.each([
  ['2026-11-01', 'ArrowLeft', '2026-10-31'],
  ['2026-11-23', 'ArrowDown', '2026-11-30'],
  ['2026-11-25', 'Home', '2026-11-23'],
  ['2026-11-25', 'End', '2026-11-29'],
  ['2026-01-31', 'PageDown', '2026-02-28'],
  ['2026-11-23', 'x', null],
])('%s %s → %s', (day, key, expected) => expect(dayForKey(day, key)).toBe(expected));
