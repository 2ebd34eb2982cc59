import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { KEEPER_MARK } from './protocol.ts';

const POLL_MS = 20;
/** A killed process that is still there after so long waits in the kernel (a dead mount): nothing more can be done. */
const GONE_MS = 10_000;

/** A process that ends while it is read, or that we may not read, carries no mark of ours. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(String((error as NodeJS.ErrnoException).code))) return '';
    throw error;
  }
}

/** Zombies have no environment, so they are not among them. */
export function markedProcesses(mark: string): readonly number[] {
  const wanted = `${KEEPER_MARK}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).split('\0').includes(wanted))
    .map(Number);
}

/** SIGKILL to everything that carries the mark, until nothing does. Programs may fork while we look. */
export async function killMarked(mark: string): Promise<void> {
  const deadline = Date.now() + GONE_MS;
  for (;;) {
    const pids = markedProcesses(mark);
    if (pids.length === 0 || Date.now() > deadline) return;
    for (const pid of pids) signalQuietly(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

/** False when there is no such process or group (any more). A negative number names a group. */
export function signalQuietly(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
