import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataLock } from './data-lock.ts';

let root: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'logmaster-lock-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

/** A process that takes the lock and then stands still. */
async function holder() {
  const code = `
    import { dataLock } from ${JSON.stringify(path.join(import.meta.dirname, 'data-lock.ts'))};
    import { dataLayout } from '@logmaster/core/config/data-layout';
    const lock = dataLock(dataLayout(${JSON.stringify(root)}));
    await lock.start();
    process.stdout.write('held');
    // What nobody refers to may be collected, and its database closed.
    setInterval(() => lock, 60_000);`;
  const started = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  await once(started.stdout, 'data');
  return started;
}

test('a second LogMaster on the same data is refused, naming the process that has it', async () => {
  const first = await holder();
  const second = dataLock(dataLayout(root));
  await expect(second.start()).rejects.toMatchObject({
    code: 'DATA_IN_USE',
    message: expect.stringContaining(`process ${first.pid}`),
  });
  first.kill('SIGTERM');
  await once(first, 'exit');
});

test('the lock of a killed LogMaster is free at once', async () => {
  const first = await holder();
  first.kill('SIGKILL');
  await once(first, 'exit');
  const second = dataLock(dataLayout(root));
  await second.start();
  await second.stop();
});
