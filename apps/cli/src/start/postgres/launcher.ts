import { execFile, type SpawnOptions } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '@logmaster/core/errors';
import { firstClosedFolder, type OsUser } from './os-user.ts';

const run = promisify(execFile);

/** How a PostgreSQL program is started: the command to put before it, and the options of spawn. */
export interface Launcher {
  readonly prefix: readonly string[];
  readonly options: Pick<SpawnOptions, 'uid' | 'gid'>;
}

/** A fast shutdown (SIGINT) when the supervisor dies, however it does: then no orphan holds the port. */
const DIES_WITH_PARENT = ['--pdeathsig', 'INT'];
/** Lets the database user pass folders that only root may enter (a clone under /root, a temporary folder of 0700). */
const PASSES_FOLDERS = ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search'];

async function works(command: readonly string[]): Promise<boolean> {
  const [program = '', ...args] = command;
  return run(program, [...args, '/bin/true']).then(
    () => true,
    () => false,
  );
}

/**
 * Chooses how to start PostgreSQL as `user` (undefined: as ourselves). util-linux `setpriv` is used where it is there;
 * without it the user is changed by spawn, and an orphan is found at the next start (orphan.ts).
 */
export async function chooseLauncher(user: OsUser | undefined, folders: readonly string[]): Promise<Launcher> {
  const identity = user ? ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups'] : [];
  const setpriv = ['setpriv', ...DIES_WITH_PARENT, ...identity];
  const closed = user ? await firstClosedFolder(folders, user) : undefined;
  if (closed !== undefined) {
    const passing = [...setpriv, ...PASSES_FOLDERS];
    if (await works(passing)) return { prefix: passing, options: {} };
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: `PostgreSQL runs as user ${user?.name}, who may not enter ${closed}. Put LogMaster and its data where others may enter (for example /opt), or start it as an ordinary user`,
    });
  }
  if (await works(setpriv)) return { prefix: setpriv, options: {} };
  return { prefix: [], options: user ? { uid: user.uid, gid: user.gid } : {} };
}
