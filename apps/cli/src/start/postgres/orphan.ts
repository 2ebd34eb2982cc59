import { readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@logmaster/core/errors';

const POLL_MS = 50;
/** Fast shutdown writes a checkpoint; after this an immediate one is ordered, which recovers from the WAL. */
const FAST_MS = 20_000;
const IMMEDIATE_MS = 10_000;

/** Lines of postmaster.pid: pid, data folder, start time, port, socket folder, listen address, memory key, status. */
export async function readPidFile(folder: string): Promise<{ pid: number; status: string } | undefined> {
  try {
    const lines = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8')).split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** PostgreSQL stands in its data folder. Where there is no /proc the pid file is believed. */
async function standsIn(pid: number, folder: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === path.resolve(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return process.platform !== 'linux' && code === 'ENOENT';
  }
}

async function goneWithin(pid: number, millis: number): Promise<boolean> {
  const deadline = Date.now() + millis;
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/**
 * Stops a PostgreSQL that an earlier LogMaster left running on this folder when it was killed. We hold the data
 * folder's lock, so it belongs to nobody alive.
 */
export async function stopOrphan(folder: string, say: (text: string) => void): Promise<void> {
  const pid = (await readPidFile(folder))?.pid;
  if (pid === undefined || !Number.isInteger(pid) || pid <= 1 || !isRunning(pid)) return;
  if (!(await standsIn(pid, folder))) return;
  say(`Stopping the PostgreSQL (process ${pid}) that an earlier run left behind.`);
  process.kill(pid, 'SIGINT');
  if (await goneWithin(pid, FAST_MS)) return;
  process.kill(pid, 'SIGQUIT');
  if (await goneWithin(pid, IMMEDIATE_MS)) return;
  throw new AppError('DATA_IN_USE', { detail: `PostgreSQL (process ${pid}) on ${folder} does not stop` });
}
