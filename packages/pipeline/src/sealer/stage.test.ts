import { AppError } from '@logmaster/core/errors';
import { expect, it } from 'vitest';
import { Backoff } from '../backoff.ts';
import { Stage } from './stage.ts';

/** A stage whose clock stands at `now.ms`, and what it told. */
function rig() {
  const now = { ms: 0 };
  const told: unknown[][] = [];
  const events = { emit: (...event: unknown[]) => void told.push(event) };
  return { now, told, stage: new Stage('archive_away', events, new Backoff(1000, 30_000, () => now.ms)) };
}

const fail = (error: unknown) => async () => {
  throw error;
};

it('says whether there was anything to do', async () => {
  const { stage, told } = rig();
  expect(await stage.run(async () => true)).toBe(true);
  expect(await stage.run(async () => false)).toBe(false);
  expect(stage.error).toBeUndefined();
  expect(told).toEqual([]);
});

it('waits after a failure, and forgets it when a try has worked', async () => {
  const { stage, now } = rig();
  expect(await stage.run(fail(new Error('away')))).toBe(true);
  expect(stage.error).toBe('away');
  const tries: number[] = [];
  const work = async () => tries.push(now.ms) > 0;
  expect(await stage.run(work)).toBe(false);
  now.ms = 1000;
  expect(await stage.run(work)).toBe(true);
  expect(tries).toEqual([1000]);
  expect(stage.error).toBeUndefined();
});

it('keeps its error while there is nothing to do', async () => {
  const { stage, now } = rig();
  await stage.run(fail(new Error('away')));
  now.ms = 1000;
  expect(await stage.run(async () => false)).toBe(false);
  expect(stage.error).toBe('away');
});

it('tells the stack of errors that are not its own', async () => {
  const { stage, told, now } = rig();
  const stranger = new Error('EIO');
  await stage.run(fail(stranger));
  now.ms = 1000;
  const known = new AppError('INTERNAL');
  await stage.run(fail(known));
  expect(told).toEqual([
    ['archive_away', { reason: 'EIO', err: stranger }],
    ['archive_away', { reason: known.message }],
  ]);
});
