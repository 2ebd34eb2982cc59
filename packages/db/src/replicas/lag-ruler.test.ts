import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LagRuler } from './lag-ruler.ts';

test('a replica that has everything is not late, however long nothing happens', () => {
  const ruler = new LagRuler(10_000);
  expect(ruler.lagOf(5)).toBeUndefined();
  ruler.note(100, 0);
  ruler.note(100, 3_600_000);
  expect(ruler.lagOf(100)).toBe(0);
  expect(ruler.lagOf(101)).toBe(0);
  expect(ruler.lagOf(99)).toBeUndefined();
});

test('the lag counts from the last moment at which the replica had everything', () => {
  const ruler = new LagRuler(10_000);
  ruler.note(100, 0);
  ruler.note(100, 60_000);
  ruler.note(200, 61_000);
  ruler.note(300, 62_000);
  expect([ruler.lagOf(100), ruler.lagOf(199), ruler.lagOf(200), ruler.lagOf(300)]).toEqual([2_000, 2_000, 1_000, 0]);
});

test('a new primary that has less begins a new history', () => {
  const ruler = new LagRuler(10_000);
  ruler.note(500, 0);
  ruler.note(400, 1_000);
  expect([ruler.lagOf(399), ruler.lagOf(400)]).toEqual([undefined, 0]);
});

test('the lag is never told too small, and by at most one pause too large', () => {
  const steps = fc.array(fc.record({ pause: fc.integer({ min: 1, max: 2_000 }), grows: fc.nat(3) }), {
    minLength: 1,
    maxLength: 80,
  });
  fc.assert(
    fc.property(steps, fc.nat(240), (history, replayed) => {
      const ruler = new LagRuler(20_000);
      let at = 0;
      let position = 0;
      const seen: { at: number; position: number }[] = [];
      for (const { pause, grows } of history) {
        at += pause;
        position += grows;
        ruler.note(position, at);
        seen.push({ at, position });
      }
      const firstMissed = seen.find((one) => one.position > replayed);
      const told = ruler.lagOf(replayed);
      if (!firstMissed) expect(told).toBe(0);
      else if (told === undefined) {
        expect(seen.filter((one) => one.position <= replayed && one.at >= at - 20_000)).toEqual([]);
      } else {
        // Written at the latest when it was seen, at the earliest after the look before.
        const least = at - firstMissed.at;
        expect(told).toBeGreaterThanOrEqual(least);
        expect(told).toBeLessThanOrEqual(least + 2_000);
      }
    }),
  );
});
