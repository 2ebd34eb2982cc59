import { readdir, readFile, readlink, rm } from 'node:fs/promises';
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

/** Processes that stand in `folder`, as PostgreSQL and its backends do. Empty where there is no /proc. */
async function standingIn(folder: string): Promise<readonly number[]> {
  const target = path.resolve(folder);
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => undefined)));
  return pids.filter((_, index) => places[index] === target);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function emptyWithin(folder: string, millis: number): Promise<boolean> {
  const deadline = Date.now() + millis;
  while ((await standingIn(folder)).length > 0) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/**
 * Ends what an earlier LogMaster left running on this folder when it was killed: a postmaster, or backends that have
 * not noticed yet that theirs is dead. We hold the data folder's lock, so they belong to nobody alive. Then nobody uses
 * the folder, and its pid file is removed: PostgreSQL itself would take a dead process that is not reaped yet, or a
 * stranger with its number, for the old postmaster and refuse to start.
 */
export async function stopOrphan(folder: string, say: (text: string) => void): Promise<void> {
  if (process.platform !== 'linux') return;
  const postmaster = (await readPidFile(folder))?.pid;
  const left = await standingIn(folder);
  if (left.length > 0) {
    const lead = postmaster !== undefined && left.includes(postmaster) ? postmaster : undefined;
    say(`Stopping the PostgreSQL (process ${lead ?? left[0]}) that an earlier run left behind.`);
    if (lead !== undefined) signal(lead, 'SIGINT');
    if (!(await emptyWithin(folder, FAST_MS))) {
      for (const pid of await standingIn(folder)) signal(pid, 'SIGQUIT');
      if (!(await emptyWithin(folder, IMMEDIATE_MS))) {
        throw new AppError('DATA_IN_USE', { detail: `a PostgreSQL on ${folder} does not stop` });
      }
    }
  }
  await rm(path.join(folder, 'postmaster.pid'), { force: true });
}
