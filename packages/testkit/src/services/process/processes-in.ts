import { setTimeout as delay } from 'node:timers/promises';
import { signalQuietly } from '../../keeper/marked-processes.ts';
import { processNumbers, statOf, workingFolderOf } from '../../keeper/proc.ts';

const POLL_MS = 10;
/** One that is still there after so long waits in the kernel. */
const GIVE_UP_MS = 60_000;

/** Of proc_pid_stat(5): `T` is stopped. */
const stateOf = (pid: number) => statOf(pid)[0];

/**
 * Processes whose working directory is the folder. It finds what neither a process group nor an environment mark
 * does: PostgreSQL's backends lead sessions of their own, overwrite their environment with their title, and outlive
 * their parent for a while.
 */
export function processesIn(folder: string): readonly number[] {
  return processNumbers().filter((pid) => workingFolderOf(pid) === folder);
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
  return untilNone(folder, 'SIGSTOP', (pid) => !['T', undefined].includes(stateOf(pid)));
}

export function continueAllIn(folder: string): Promise<void> {
  return untilNone(folder, 'SIGCONT', (pid) => stateOf(pid) === 'T');
}
