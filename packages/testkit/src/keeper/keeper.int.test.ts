import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { isRunning } from '../processes.ts';
import { openKeeper } from './keeper.ts';

const PATIENT = { timeout: 60_000, interval: 20 };
const gone = (pids: readonly number[]) => vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), PATIENT);

/** A program that starts another one in a session of its own, out of reach of its group. */
const RUNAWAY = 'setsid sleep 1000 & echo $!; exec sleep 1000';

test('what it started and its folder are gone after close, a runaway grandchild too', async () => {
  const keeper = await openKeeper('test-keeper');
  const folder = await keeper.makeFolder('here');
  const logFile = path.join(folder, 'out');
  const child = await keeper.spawn({ command: 'sh', args: ['-c', RUNAWAY], cwd: folder, logFile });
  const runaway = await vi.waitFor(async () => {
    const { readFile } = await import('node:fs/promises');
    const pid = Number(await readFile(logFile, 'utf8'));
    expect(isRunning(pid) && pid > 0).toBe(true);
    return pid;
  }, PATIENT);
  await keeper.close();
  await gone([child.pid, runaway]);
  expect(await child.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(existsSync(keeper.folder)).toBe(false);
});

test('when its owner is killed it ends everything by itself', async () => {
  const script = `
    import { openKeeper } from ${JSON.stringify(path.join(import.meta.dirname, 'keeper.ts'))};
    const keeper = await openKeeper('test-orphan');
    const { pid } = await keeper.spawn({ command: 'sleep', args: ['1000'], cwd: '/', logFile: keeper.folder + '/log' });
    console.log(JSON.stringify({ pid, folder: keeper.folder }));
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const { pid, folder } = JSON.parse(line.toString()) as { pid: number; folder: string };
  expect(isRunning(pid)).toBe(true);
  owner.kill('SIGKILL');
  await gone([pid]);
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), PATIENT);
});

test('a program that is not there, and one that ends at once, are told', async () => {
  const keeper = await openKeeper('test-keeper');
  const at = { cwd: keeper.folder, logFile: path.join(keeper.folder, 'log') };
  await expect(keeper.spawn({ command: 'no-such-program', args: [], ...at })).rejects.toThrow(/ENOENT/);
  const child = await keeper.spawn({ command: 'sh', args: ['-c', 'exit 7'], ...at });
  expect(await child.exited).toEqual({ code: 7, signal: null });
  await child.signal('SIGTERM');
  await keeper.close();
  await keeper.close();
});

test.runIf(process.getuid?.() === 0)('a small disk is full when it is full, and is unmounted at the end', async () => {
  const keeper = await openKeeper('test-disk');
  const disk = await keeper.mountSmallDisk('disk', 1024 * 1024);
  await writeFile(path.join(disk, 'a'), Buffer.alloc(500_000));
  await expect(writeFile(path.join(disk, 'b'), Buffer.alloc(600_000))).rejects.toThrow(/ENOSPC/);
  await keeper.close();
  await delay(0);
  expect(existsSync(disk)).toBe(false);
});
