import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

test('equal seeds run alike and what a fork draws does not move its parent', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(50), (seed, draws) => {
      const one = createRandom(seed);
      const other = createRandom(seed);
      const fork = one.fork('x');
      for (let index = 0; index < draws; index++) fork.next();
      expect(Array.from({ length: 20 }, () => one.next())).toEqual(Array.from({ length: 20 }, () => other.next()));
    }),
  );
});

test('numbers are spread evenly: chi-square over 64 cells stays under the 0.1 % bound', () => {
  const random = createRandom(42);
  const cells = new Array<number>(64).fill(0);
  const draws = 64_000;
  for (let index = 0; index < draws; index++) {
    const cell = random.int(0, 63);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  const chi = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // 63 degrees of freedom, p = 0.001.
  expect(chi).toBeLessThan(103.4);
});
