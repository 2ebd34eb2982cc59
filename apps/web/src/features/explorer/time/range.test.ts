import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALENDAR_RANGES, formatRange, parseRange, resolveRange, type TimeRange, UNITS, widenRange } from './range.ts';
import { parseTypedRange } from './typed.ts';

const ZONE = 'Europe/Istanbul';
/** Monday 2026-11-23, 22:56:31 in Istanbul. */
const NOW = Date.parse('2026-11-23T19:56:31Z');

const ranges: fc.Arbitrary<TimeRange> = fc.oneof(
  fc.record({
    kind: fc.constant('last' as const),
    amount: fc.integer({ min: 1, max: 999_999 }),
    unit: fc.constantFrom(...UNITS),
  }),
  fc.record({ kind: fc.constant('calendar' as const), name: fc.constantFrom(...CALENDAR_RANGES) }),
  fc
    .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e11 }))
    .map(([from, length]) => ({ kind: 'absolute' as const, from, to: from + length })),
);

test('a range survives the URL', () => {
  fc.assert(
    fc.property(ranges, (range) => {
      expect(parseRange(formatRange(range))).toEqual(range);
    }),
  );
});

test.each(['', '0m', '5x', 'm', '2026-11-23/2026-11-24', '2026-11-24T00:00:00Z/2026-11-23T00:00:00Z', 'now'])(
  'no range in the URL: %j',
  (text) => expect(parseRange(text)).toBeNull(),
);

function resolved(text: string): string | null {
  const range = parseTypedRange(text, NOW, ZONE);
  if (!range) return null;
  const { from, to } = resolveRange(range, NOW, ZONE);
  return `${new Date(from).toISOString()} ${new Date(to).toISOString()}`.replaceAll('.000Z', 'Z');
}

test.each([
  ['last 2 hours', '2026-11-23T17:56:31Z 2026-11-23T19:56:31Z'],
  ['LAST 15 MIN', '2026-11-23T19:41:31Z 2026-11-23T19:56:31Z'],
  ['son 2 saat', '2026-11-23T17:56:31Z 2026-11-23T19:56:31Z'],
  ['Son 15 dakika', '2026-11-23T19:41:31Z 2026-11-23T19:56:31Z'],
  ['son saat', '2026-11-23T18:56:31Z 2026-11-23T19:56:31Z'],
  ['7 gün', '2026-11-16T19:56:31Z 2026-11-23T19:56:31Z'],
  ['30d', '2026-10-24T19:56:31Z 2026-11-23T19:56:31Z'],
  ['dün', '2026-11-21T21:00:00Z 2026-11-22T21:00:00Z'],
  ['DÜN', '2026-11-21T21:00:00Z 2026-11-22T21:00:00Z'],
  ['yesterday', '2026-11-21T21:00:00Z 2026-11-22T21:00:00Z'],
  ['bugün', '2026-11-22T21:00:00Z 2026-11-23T21:00:00Z'],
  ['bu hafta', '2026-11-22T21:00:00Z 2026-11-29T21:00:00Z'],
  ['last week', '2026-11-15T21:00:00Z 2026-11-22T21:00:00Z'],
  ['geçen ay', '2026-09-30T21:00:00Z 2026-10-31T21:00:00Z'],
  ['23.11.2026', '2026-11-22T21:00:00Z 2026-11-23T21:00:00Z'],
  ['23.11.2026 10:00 - 23.11.2026 11:30', '2026-11-23T07:00:00Z 2026-11-23T08:30:00Z'],
  ['2026-11-20 – 2026-11-21', '2026-11-19T21:00:00Z 2026-11-21T21:00:00Z'],
  ['2026-11-23 10:00:05 to 11:00', '2026-11-23T07:00:05Z 2026-11-23T08:00:00Z'],
  ['10:00 - 11:00', '2026-11-23T07:00:00Z 2026-11-23T08:00:00Z'],
  ['2026-11-23T10:00:00+03:00/2026-11-23T08:00:00Z', '2026-11-23T07:00:00Z 2026-11-23T08:00:00Z'],
])('typed: %s', (text, expected) => expect(resolved(text)).toBe(expected));

test.each(['', 'hello', 'last', '0 saat', '31.02.2026', '25:00', '11:00 - 10:00', '5 parsecs', '1 - 2 - 3'])(
  'not a range: %j',
  (text) => expect(resolved(text)).toBeNull(),
);

test('widening keeps relative ranges relative', () => {
  expect(widenRange({ kind: 'last', amount: 15, unit: 'm' }, 4, NOW, ZONE)).toEqual({
    kind: 'last',
    amount: 60,
    unit: 'm',
  });
  expect(widenRange({ kind: 'absolute', from: 1000, to: 2000 }, 3, NOW, ZONE)).toEqual({
    kind: 'absolute',
    from: 0,
    to: 3000,
  });
});
