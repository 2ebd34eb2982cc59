import { DISK_STEPS, type DiskStep } from '@logmaster/core/api/disk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAtLeast, leavesAt, nextStep, type Reading } from './steps.ts';

const reading = fc.record({
  room: fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.constantFrom(1, 0.75, 0.5, 0.25, 1 / 8)),
  refused: fc.boolean(),
});
const index = (step: DiskStep) => DISK_STEPS.indexOf(step);

/** The steps after each of the readings. */
function walk(readings: readonly Reading[]): DiskStep[] {
  let step: DiskStep = 'none';
  return readings.map((one) => {
    step = nextStep(step, one);
    return step;
  });
}

test('a disk that fills and empties goes through all steps in order, and back in reverse', () => {
  const falling = [2, 0.9, 0.7, 0.4, 0.2, 0.01].map((room) => ({ room, refused: false }));
  expect(walk(falling)).toEqual(['none', 'reserve', 'caches', 'index', 'senders', 'datagrams']);
  const full = Array(9).fill({ room: 0, refused: false });
  const empty = Array(6).fill({ room: 3, refused: false });
  expect(walk([...full, ...empty]).slice(8)).toEqual([
    ...['datagrams', 'senders', 'index', 'caches', 'reserve', 'none', 'none'],
  ]);
});

test('a refused write leads to the last step whatever the file system says, and holds it there', () => {
  const refused = Array(7).fill({ room: 5, refused: true });
  expect(walk(refused)).toEqual(['reserve', 'caches', 'index', 'senders', 'datagrams', 'datagrams', 'datagrams']);
});

test('a disk at a mark stays where it is', () => {
  for (const step of DISK_STEPS.slice(1)) {
    expect(nextStep(step, { room: leavesAt(step) - 0.001, refused: false })).toBe(step);
    expect(index(nextStep(step, { room: leavesAt(step), refused: false }))).toBe(index(step) - 1);
  }
});

test('law: no step is ever skipped', () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 80 }), (readings) => {
      let before = 0;
      for (const step of walk(readings)) {
        expect(Math.abs(index(step) - before)).toBeLessThan(2);
        before = index(step);
      }
    }),
  );
});

test('law: the same reading again and again comes to rest within five steps, and more room is never further', () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 20 }), reading, reading, (history, a, b) => {
      const settled = (last: Reading) => walk([...history, ...Array(6).fill(last)]).slice(-2) as [DiskStep, DiskStep];
      expect(new Set(settled(a)).size).toBe(1);
      if (a.refused === b.refused && a.room <= b.room) expect(isAtLeast(settled(a)[1], settled(b)[1])).toBe(true);
    }),
  );
});
