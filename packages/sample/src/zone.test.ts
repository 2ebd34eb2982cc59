import { expect, test } from 'vitest';
import { bsdTime, turkishTime } from './zone.ts';

test('device clocks show Turkish time, across midnight and with a padded day', () => {
  expect(turkishTime(Date.parse('2026-11-30T22:05:06.999Z') * 1000)).toEqual({
    date: '2026-12-01',
    time: '01:05:06',
    month: 'Dec',
    day: 1,
    year: 2026,
    weekday: 'Tue',
  });
  expect(bsdTime(Date.parse('2026-11-30T22:05:06Z') * 1000)).toBe('Dec  1 01:05:06');
});
