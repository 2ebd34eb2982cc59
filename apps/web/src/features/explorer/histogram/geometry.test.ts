import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dragRange, layoutBars, niceCeiling, tickIndexes, timeAt } from './geometry.ts';

const BOX = { width: 100, height: 50 };

test('pieces are stacked from the bottom, what no key names is on top', () => {
  const bars = layoutBars([{ from: 0, count: 10, stacks: { allowed: 5, denied: 3 } }], ['allowed', 'denied'], BOX, 10);
  expect(bars[0]?.pieces.map(({ key, y, height }) => [key, y, height])).toEqual([
    ['allowed', 25, 25],
    ['denied', 10, 15],
    ['', 0, 10],
  ]);
});

test('pieces of a bar fill exactly its height, inside the box', () => {
  const count = fc.integer({ min: 0, max: 1_000_000 });
  const bucket = fc.record({ a: count, b: count, rest: count }).map(({ a, b, rest }) => ({
    from: 0,
    count: a + b + rest,
    stacks: { a, b },
  }));
  fc.assert(
    fc.property(fc.array(bucket, { minLength: 1, maxLength: 50 }), (buckets) => {
      const peak = niceCeiling(Math.max(...buckets.map((b) => b.count)));
      layoutBars(buckets, ['a', 'b'], BOX, peak).forEach((bar, i) => {
        const height = bar.pieces.reduce((sum, piece) => sum + piece.height, 0);
        const { count: total } = buckets[i] as { count: number };
        expect(height).toBeCloseTo(total === 0 ? 0 : Math.max(2, (total / peak) * 50), 6);
        for (const piece of bar.pieces) expect(piece.y).toBeGreaterThanOrEqual(-1e-6);
      });
    }),
  );
});

test('one record among a million can be seen', () => {
  const bars = layoutBars([{ from: 0, count: 1, stacks: { a: 1 } }], ['a'], BOX, 1_000_000);
  expect(bars[0]?.pieces[0]?.height).toBe(2);
});

test.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [10, 10],
  [11, 20],
  [5001, 10_000],
])('the axis above %d ends at %d', (peak, top) => expect(niceCeiling(peak)).toBe(top));

test('a drag in either direction zooms to whole intervals, a click does not', () => {
  const view = { from: 1000, to: 2000, interval: 100 };
  expect(dragRange(12, 38, 100, view)).toEqual({ from: 1100, to: 1400 });
  expect(dragRange(38, 12, 100, view)).toEqual({ from: 1100, to: 1400 });
  expect(dragRange(50, 52, 100, view)).toBeNull();
  expect(dragRange(-20, 500, 100, view)).toEqual({ from: 1000, to: 2000 });
});

test('pixels outside the box are its edges; labels keep their distance', () => {
  expect([timeAt(-5, 100, 0, 10), timeAt(105, 100, 0, 10), timeAt(50, 100, 0, 10)]).toEqual([0, 10, 5]);
  expect(tickIndexes(60, 600, 100)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(tickIndexes(0, 600, 100)).toEqual([]);
});
