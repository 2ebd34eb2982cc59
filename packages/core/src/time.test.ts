import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStart, MICROS_PER_DAY, microsToRfc3339, rfc3339ToMicros, utcDay } from './time.ts';

const anyMicros = fc.integer({ min: 0, max: 4_102_444_800 * 1_000_000 });

test('RFC 3339 text and µs are each other’s inverse', () => {
  fc.assert(fc.property(anyMicros, (micros) => rfc3339ToMicros(microsToRfc3339(micros)) === micros));
});

test.each([
  ['2026-11-23T19:56:31Z', 1_795_463_791_000_000],
  ['2026-11-23T22:56:31.5+03:00', 1_795_463_791_500_000],
  ['2026-11-23t19:56:31.000001999z', 1_795_463_791_000_001],
])('%s is %d µs', (text, micros) => {
  expect(rfc3339ToMicros(text)).toBe(micros);
});

test.each(['', 'now', '2026-11-23', '2026-11-23T19:56:31', '2026-13-01T00:00:00Z', '2026-11-23T19:56:31.Z'])(
  '%j is no RFC 3339 time',
  (text) => {
    expect(rfc3339ToMicros(text)).toBeNaN();
  },
);

test('a moment lies in the UTC day that it names', () => {
  fc.assert(
    fc.property(anyMicros, (micros) => {
      const start = dayStart(utcDay(micros));
      return start <= micros && micros < start + MICROS_PER_DAY;
    }),
  );
});
