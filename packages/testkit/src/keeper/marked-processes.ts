import { setTimeout as delay } from 'node:timers/promises';
import { environmentOf, processNumbers, workingFolderOf } from './proc.ts';
import { KEEPER_MARK } from './protocol.ts';

const POLL_MS = 20;
/** A killed process that is still there after so long waits in the kernel (a dead mount): nothing more can be done. */
const GONE_MS = 10_000;

/**
 * Processes that carry the mark, or that work in the folder: PostgreSQL's backends overwrite their environment with
 * their title. Zombies have neither, so they are not among them.
 */
function processesOf(mark: string, folder: string): readonly number[] {
  const wanted = `${KEEPER_MARK}=${mark}`;
  const isOurs = (pid: number) =>
    environmentOf(pid).includes(wanted) || `${workingFolderOf(pid) ?? ''}/`.startsWith(`${folder}/`);
  return processNumbers().filter((pid) => pid !== process.pid && isOurs(pid));
}

/** SIGKILL to everything of ours, until there is nothing. Programs may fork while we look. */
export async function killAllOf(mark: string, folder: string): Promise<void> {
  const deadline = Date.now() + GONE_MS;
  for (;;) {
    const pids = processesOf(mark, folder);
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
