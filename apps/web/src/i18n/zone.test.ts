import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOffset, fromWallClock, startOfDay, toWallClock, zoneOffsetMinutes } from './zone.ts';

const ZONES = ['Europe/Istanbul', 'UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Europe/Berlin', 'Pacific/Apia'];

test('Istanbul was at +02:00 in winter until 2016 and is at +03:00 all year since', () => {
  expect(zoneOffsetMinutes(Date.parse('2015-01-15T00:00:00Z'), 'Europe/Istanbul')).toBe(120);
  expect(zoneOffsetMinutes(Date.parse('2026-01-15T00:00:00Z'), 'Europe/Istanbul')).toBe(180);
});

test('a wall clock read back is the same wall clock', () => {
  const seconds = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 });
  fc.assert(
    fc.property(seconds, fc.constantFrom(...ZONES), (second, zone) => {
      const wall = toWallClock(second * 1000, zone);
      expect(toWallClock(fromWallClock(wall, zone), zone)).toEqual(wall);
    }),
  );
});

test('a skipped hour moves forward, a doubled one is the first', () => {
  const at = (month: number, day: number, hour: number, minute: number) =>
    new Date(fromWallClock({ year: 2026, month, day, hour, minute, second: 0 }, 'Europe/Berlin')).toISOString();
  expect(at(3, 29, 2, 30)).toBe('2026-03-29T01:30:00.000Z');
  expect(at(10, 25, 2, 30)).toBe('2026-10-25T00:30:00.000Z');
});

test('days begin at local midnight, over month ends too', () => {
  const noon = Date.parse('2026-02-28T22:30:00Z');
  expect(new Date(startOfDay(noon, 'Europe/Istanbul')).toISOString()).toBe('2026-02-28T21:00:00.000Z');
  expect(new Date(startOfDay(noon, 'Europe/Istanbul', -1)).toISOString()).toBe('2026-02-27T21:00:00.000Z');
});

test('offsets', () => {
  expect([180, -150, 0, 345].map(formatOffset)).toEqual(['+03:00', '-02:30', '+00:00', '+05:45']);
});
