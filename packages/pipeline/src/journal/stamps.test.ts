import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stamps } from './stamps.ts';

test('stamps never go back, and grow strictly over a border', () => {
  const steps = fc.array(fc.record({ wall: fc.integer({ min: 0, max: 10_000_000 }), border: fc.boolean() }));
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 5_000_000 }), (all, after) => {
      let wall = 0;
      const stamps = new Stamps(() => wall, after);
      let last = after;
      let strict = true;
      for (const step of all) {
        wall = step.wall;
        const stamp = stamps.next();
        if (strict) expect(stamp).toBeGreaterThan(last);
        else expect(stamp).toBeGreaterThanOrEqual(last);
        if (stamp > wall + 1000) expect(stamps.held).toBe(true);
        if (stamp === wall) expect(stamps.held).toBe(false);
        last = stamp;
        strict = step.border;
        if (step.border) stamps.border();
      }
    }),
  );
});

test('a border inside one tick of the clock is no clock going back', () => {
  const stamps = new Stamps(() => 5_000, 0);
  expect(stamps.next()).toBe(5_000);
  stamps.border();
  expect(stamps.next()).toBe(5_001);
  expect(stamps.held).toBe(false);
});

test('jumps over a second are counted, either way, and time that really passes is not', () => {
  let wall = 0;
  let monotonic = 0;
  const stamps = new Stamps(
    () => wall,
    0,
    () => monotonic,
  );
  stamps.next();
  wall += 60_000_000;
  monotonic += 60_000;
  stamps.next();
  expect(stamps.takeSteps()).toBe(0);
  wall += 5_000_000;
  stamps.next();
  wall -= 9_000_000;
  stamps.next();
  expect(stamps.takeSteps()).toBe(2);
  expect(stamps.takeSteps()).toBe(0);
});
