import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@logmaster/core/errors';

const run = promisify(execFile);

/** The OS user PostgreSQL runs as: it refuses to be root. */
export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Users that may own the database when we are root, in this order; the first is made when none exists. */
const CANDIDATES = ['logmaster', 'postgres'] as const;

async function findUser(name: string): Promise<OsUser | undefined> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

/** Undefined when we are not root: then PostgreSQL runs as we do. As root a system user is found or made. */
export async function postgresUser(say: (text: string) => void): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of CANDIDATES) {
    const user = await findUser(name);
    if (user) return user;
  }
  const name = CANDIDATES[0];
  say(`PostgreSQL must not run as root: making the system user ${name} for it.`);
  try {
    await run('useradd', ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--user-group', name]);
  } catch (cause) {
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: `PostgreSQL refuses to run as root and the user ${name} could not be made. Start LogMaster as an ordinary user, make that user, or set DATABASE_URL`,
      cause,
    });
  }
  const made = await findUser(name);
  if (made) return made;
  throw new AppError('DATABASE_UNAVAILABLE', { detail: `useradd made no user ${name}` });
}

/** The first folder on the way to `target` that `user` may not enter; undefined when the way is free. */
async function closedFolder(target: string, user: OsUser): Promise<string | undefined> {
  const parts = path.resolve(target).split(path.sep);
  for (let length = 1; length <= parts.length; length++) {
    const folder = parts.slice(0, length).join(path.sep) || path.sep;
    const info = await stat(folder);
    const bit = info.uid === user.uid ? 0o100 : info.gid === user.gid ? 0o010 : 0o001;
    if ((info.mode & bit) === 0) return folder;
  }
  return undefined;
}

export async function firstClosedFolder(targets: readonly string[], user: OsUser): Promise<string | undefined> {
  for (const target of targets) {
    const closed = await closedFolder(target, user);
    if (closed !== undefined) return closed;
  }
  return undefined;
}
