import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { signalQuietly } from '../keeper/marked-processes.ts';

const POLL_MS = 10;
/** One that is still there after so long waits in the kernel. */
const GIVE_UP_MS = 10_000;

/** '' when the process is gone, a zombie, or not ours to look at. */
function read(reader: () => string): string {
  try {
    return reader();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(String((error as NodeJS.ErrnoException).code))) return '';
    throw error;
  }
}

/** The letter of proc_pid_stat(5): `T` is stopped. The name before it may contain anything. */
function stateOf(pid: number): string {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

/**
 * Processes whose working directory is the folder. It finds what neither a process group nor an environment mark
 * does: PostgreSQL's backends lead sessions of their own, overwrite their environment with their title, and outlive
 * their parent for a while.
 */
export function processesIn(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => read(() => readlinkSync(`/proc/${name}/cwd`)) === folder)
    .map(Number);
}

async function untilNone(folder: string, signal: NodeJS.Signals, left: (pid: number) => boolean): Promise<void> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (;;) {
    const pids = processesIn(folder).filter(left);
    if (pids.length === 0) return;
    if (Date.now() > deadline) throw new Error(`${signal} does not reach the processes ${pids.join(', ')}`);
    for (const pid of pids) signalQuietly(pid, signal);
    await delay(POLL_MS);
  }
}

/** SIGKILL; resolves when none is left. */
export function killAllIn(folder: string): Promise<void> {
  return untilNone(folder, 'SIGKILL', () => true);
}

/** SIGSTOP; resolves when all stand still, also those that were forked meanwhile. */
export function stopAllIn(folder: string): Promise<void> {
  return untilNone(folder, 'SIGSTOP', (pid) => !['T', ''].includes(stateOf(pid)));
}

export function continueAllIn(folder: string): Promise<void> {
  return untilNone(folder, 'SIGCONT', (pid) => stateOf(pid) === 'T');
}
