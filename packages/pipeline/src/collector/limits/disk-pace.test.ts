import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiskPace } from './disk-pace.ts';

function paced() {
  const clock = { ms: 0 };
  return { clock, pace: new DiskPace(() => clock.ms) };
}
const CHUNK = 64 * 1024;

test('with room nobody is slowed', () => {
  const { pace } = paced();
  pace.spend(1e9);
  expect([pace.open, pace.datagrams, pace.turns(50)]).toEqual([true, true, Number.POSITIVE_INFINITY]);
});

test('what was read is paid before anybody reads on', () => {
  const { clock, pace } = paced();
  pace.set({ bytesPerSecond: 1000, datagrams: true });
  expect(pace.open).toBe(true);
  pace.spend(500);
  clock.ms = 499;
  expect([pace.open, pace.turns(50)]).toEqual([false, 0]);
  clock.ms = 500;
  expect([pace.open, pace.turns(50)]).toEqual([true, 1]);
});

test('without any room nobody reads on, however long it takes; with room again all do', () => {
  const { clock, pace } = paced();
  pace.set({ bytesPerSecond: 0, datagrams: false });
  clock.ms = 1e9;
  expect([pace.open, pace.datagrams]).toEqual([false, false]);
  pace.set({ bytesPerSecond: undefined, datagrams: true });
  expect([pace.open, pace.datagrams]).toEqual([true, true]);
});

test('law: over any time, a reader that obeys takes the rate and one chunk for each turn at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 1, max: 400 }), (rate, looks) => {
      const { clock, pace } = paced();
      pace.set({ bytesPerSecond: rate, datagrams: true });
      let taken = 0;
      let most = 0;
      for (let look = 0; look < looks; look++) {
        const turns = pace.turns(50);
        most = Math.max(most, turns);
        for (let turn = 0; turn < turns; turn++) {
          taken += CHUNK;
          pace.spend(CHUNK);
        }
        clock.ms += 50;
      }
      expect(taken).toBeLessThanOrEqual((rate * clock.ms) / 1000 + most * CHUNK);
    }),
  );
});
