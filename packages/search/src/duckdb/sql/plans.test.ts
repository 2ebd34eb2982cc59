import { messageAt, messageOffset } from '@logmaster/core/event/message-place';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAN_IN, MAX_FILE_ROWS, planMerge } from '../catalogue/merge-plan.ts';

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
