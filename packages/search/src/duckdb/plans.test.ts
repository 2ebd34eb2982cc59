import { messageAt, messageOffset } from '@logmaster/core/event/message-place';
import { MICROS_PER_DAY } from '@logmaster/core/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseInterval } from './intervals.ts';
import { maskEvent } from './masked-text.ts';
import { FAN_IN, MAX_FILE_ROWS, planMerge } from './merge-plan.ts';

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

describe('merges', () => {
  const files = (count: number, more: { level?: number; day?: string; rows?: number } = {}) =>
    Array.from({ length: count }, (_, id) => ({ id, path: `${id}`, level: 0, day: '2026-11-22', rows: 10, ...more }));

  test('fewer than the fan-in wait, the oldest of one level and day are taken', () => {
    expect(planMerge(files(FAN_IN - 1))).toBeUndefined();
    expect(planMerge(files(FAN_IN + 3))?.map(({ id }) => id)).toEqual(Array.from({ length: FAN_IN }, (_, id) => id));
    expect(planMerge([...files(8), ...files(8, { level: 1 }), ...files(8, { day: '2026-11-23' })])).toBeUndefined();
  });

  test('no merged file grows over the limit, and full files rest', () => {
    const merge = planMerge(files(FAN_IN, { rows: MAX_FILE_ROWS / 4 }));
    expect(merge).toHaveLength(4);
    expect(planMerge(files(FAN_IN, { rows: MAX_FILE_ROWS / 2 + 1 }))).toBeUndefined();
  });

  test('merging comes to an end from any start', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: MAX_FILE_ROWS }), { maxLength: 200 }), (sizes) => {
        let left = sizes.map((rows, id) => ({ id, path: `${id}`, level: 0, day: 'd', rows }));
        for (let round = 0; ; round++) {
          const merge = planMerge(left);
          if (!merge) break;
          expect(merge.length).toBeGreaterThan(1);
          expect(round).toBeLessThan(sizes.length);
          const rows = merge.reduce((sum, file) => sum + file.rows, 0);
          expect(rows).toBeLessThanOrEqual(MAX_FILE_ROWS);
          left = left.filter((file) => !merge.includes(file));
          left.push({ id: 1000 + round, path: '', level: (merge[0]?.level ?? 0) + 1, day: 'd', rows });
        }
      }),
    );
  });
});

test('a message that ends the raw text is stored by its place and comes back', () => {
  const unit = fc.constantFrom('a', ' ', 'ş', '\u{1f525}', '\u0301', '<', '\0');
  const text = fc.array(unit, { maxLength: 6 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (head, message) => {
      const original = head + message;
      const at = messageOffset({ message, 'event.original': original });
      if (at !== undefined) expect(messageAt(original, at)).toBe(message);
    }),
  );
  expect(messageOffset({ message: 'b', 'event.original': 'ab' })).toBeUndefined();
  expect(messageOffset({ message: 'b', 'event.original': '\u{1f525} b' })).toBe(2);
});

describe('masking', () => {
  test('every occurrence goes, whatever its case, longer values first', () => {
    const event = {
      'event.original': 'u=ALİ ip=10.0.0.10 n=10 ali',
      message: 'ali 10',
      'user.name': 'ali',
      'source.ip': '10.0.0.10',
      'source.port': 10,
    };
    expect(maskEvent(event, ['user.name', 'source.port', 'source.ip'])).toEqual({
      'event.original': 'u=••• ip=••• n=••• •••',
      message: '••• •••',
    });
  });
  test('a value that is not in the raw text hides all of it', () => {
    expect(maskEvent({ 'event.original': 'a', message: 'b', 'network.bytes': 7 }, ['network.bytes'])).toEqual({
      'event.original': '•••',
      message: '•••',
    });
  });
  test('an event without the field stays as it is', () => {
    expect(maskEvent({ 'event.original': 'a', message: 'b' }, ['user.name', 'labels.x'])).toEqual({
      'event.original': 'a',
      message: 'b',
    });
  });
});
