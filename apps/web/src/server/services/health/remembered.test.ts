import { expect, test, vi } from 'vitest';
import { remembered } from './remembered.ts';

test('all who ask at once share one piece of work, and who asks soon after gets its answer', async () => {
  const work = vi.fn(async () => work.mock.calls.length);
  const ask = remembered({ work, late: -1, timeoutMs: 60_000, believedMs: 60_000 });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  expect(await ask()).toBe(1);
  const fresh = remembered({ work, late: -1, timeoutMs: 60_000, believedMs: 0 });
  expect([await fresh(), await fresh()]).toEqual([2, 3]);
});

test('work that hangs is late for everybody and is not begun again; when it ends, its answer counts', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const work = vi.fn(() => promise);
  const ask = remembered({ work, late: 'late', timeoutMs: 5, believedMs: 60_000 });
  expect([await ask(), await ask()]).toEqual(['late', 'late']);
  resolve('done');
  expect(await ask()).toBe('done');
  expect(work).toHaveBeenCalledTimes(1);
});
