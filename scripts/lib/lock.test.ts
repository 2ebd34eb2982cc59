import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.mjs';
import { CACHE } from './paths.mjs';

let count = 0;
const unusedName = () => `test-${process.pid}-${count++}`;

test('of two at once one waits for the other', async () => {
  const name = unusedName();
  const order: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const first = withLock(name, async () => {
    order.push('first begins');
    await gate;
    order.push('first ends');
  });
  const second = withLock(name, async () => order.push('second'));
  open();
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
});

test('a lock whose owner is dead is taken over', async () => {
  const name = unusedName();
  const dead = spawnSync(process.execPath, ['--version']).pid;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path.join(CACHE, `${name}.lock`), String(dead));
  expect(await withLock(name, async () => 'done')).toBe('done');
});

test('the lock is given back when the work fails', async () => {
  const name = unusedName();
  await expect(
    withLock(name, async () => {
      throw new Error('no disk');
    }),
  ).rejects.toThrow('no disk');
  expect(existsSync(path.join(CACHE, `${name}.lock`))).toBe(false);
});
