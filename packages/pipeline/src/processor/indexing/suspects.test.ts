import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, Suspects } from './suspects.ts';

interface Ledger {
  readonly indexed: number[];
  readonly quarantined: Map<number, number>;
  readonly lives: number;
}

/** The processor's lives over blocks of a journal file, each ended by an attempt with one of the poisonous records. */
function run(blocks: readonly number[], poison: ReadonlySet<number>): Ledger {
  const ends = blocks.map((_, index) => blocks.slice(0, index + 1).reduce((a, b) => a + b, 0));
  const total = ends.at(-1) ?? 0;
  const indexed: number[] = [];
  const quarantined = new Map<number, number>();
  let position = 0;
  let marker: Attempt | undefined;
  for (let lives = 1; ; lives++) {
    if (lives > 10_000) throw new Error('it never ends');
    const suspects = new Suspects('node1.w0', marker !== undefined && marker.to > position ? marker : undefined);
    let alive = true;
    while (alive) {
      if (position === total) return { indexed, quarantined, lives };
      const step = suspects.next(1, position, ends.find((end) => end > position) as number);
      if ('crashed' in step) {
        quarantined.set(position, step.crashed);
        position += 1;
        suspects.quarantined();
        continue;
      }
      const { attempt } = step;
      marker = attempt;
      const records = Array.from({ length: attempt.to - attempt.from }, (_, index) => attempt.from + index);
      alive = !records.some((record) => poison.has(record));
      if (!alive) continue;
      indexed.push(...records);
      position = attempt.to;
      suspects.succeeded(attempt);
    }
  }
}

const blocks = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

test('whatever records are poisonous, exactly these are quarantined and all others indexed once, in order', () => {
  fc.assert(
    fc.property(blocks, fc.array(fc.nat(299)), (sizes, chosen) => {
      const total = sizes.reduce((a, b) => a + b, 0);
      const poison = new Set(chosen.filter((record) => record < total));
      const { indexed, quarantined } = run(sizes, poison);
      expect([...quarantined.keys()]).toEqual([...poison].sort((a, b) => a - b));
      expect(indexed).toEqual(Array.from({ length: total }, (_, i) => i).filter((record) => !poison.has(record)));
    }),
  );
});

test('one record among many costs about as many lives as halvings, and two alone', () => {
  fc.assert(
    fc.property(fc.nat(4095), (record) => {
      const { quarantined, lives } = run([4096], new Set([record]));
      expect(quarantined.get(record)).toBeLessThanOrEqual(12 + 2);
      expect(quarantined.get(record)).toBeGreaterThanOrEqual(2);
      expect(lives).toBeLessThanOrEqual(12 + 3);
    }),
  );
});

test('a crash that was not the record’s doing costs it nothing', () => {
  const failed: Attempt = { stream: 'node1.w0', journal: 1, from: 7, to: 8, crashes: 3, alone: 0 };
  const suspects = new Suspects('node1.w0', failed);
  const step = suspects.next(1, 7, 100);
  expect(step).toEqual({ attempt: { ...failed, crashes: 4, alone: 1 } });
  if ('attempt' in step) suspects.succeeded(step.attempt);
  expect(suspects.next(1, 8, 100)).toEqual({ attempt: { ...failed, from: 8, to: 9, crashes: 0 } });
});
