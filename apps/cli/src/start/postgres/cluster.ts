import { spawn } from 'node:child_process';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError } from '@logmaster/core/errors';
import { DATABASE_ROLE } from '../../installation.ts';
import { randomSecret } from '../secrets.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';
import type { OsUser } from './os-user.ts';

export interface ClusterContext {
  readonly binaries: PostgresBinaries;
  readonly launcher: Launcher;
  readonly user: OsUser | undefined;
  /** `data/postgres` */
  readonly folder: string;
}

/** Messages are read by us and by people in log files: always English, whatever the machine's language is. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** Runs a PostgreSQL program to its end with `input` on stdin; throws with its last words when it fails. */
async function runProgram(context: ClusterContext, program: string, args: readonly string[], input: string) {
  const [command = '', ...rest] = [...context.launcher.prefix, program, ...args];
  const child = spawn(command, rest, {
    ...context.launcher.options,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const exit = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const [code, out, err] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  if (code === 0) return;
  throw new AppError('DATABASE_UNAVAILABLE', {
    detail: `${path.basename(program)} ended with ${code}:\n${(out + err).slice(-2_000).trim()}`,
  });
}

async function exists(file: string): Promise<boolean> {
  return (
    (await stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    })) !== undefined
  );
}

/**
 * Makes the database cluster the first time: UTF-8, C collation (the same order on every machine), SCRAM passwords,
 * one role that owns one database. Built under another name and renamed when whole, so that a start killed halfway
 * leaves nothing that looks finished. The superuser gets a random password that nobody keeps: maintenance as superuser
 * goes through single-user mode, as the role and the database are made here.
 */
export async function ensureCluster(context: ClusterContext, password: string): Promise<void> {
  const { folder, binaries, user } = context;
  if (await exists(path.join(folder, 'PG_VERSION'))) return;
  const temporary = `${folder}.new`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.pw`;
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${randomSecret()}\n`, { mode: 0o600 });
  if (user) {
    await chown(temporary, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const initdb = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--username=postgres', '--no-instructions'];
  await runProgram(context, binaries.initdb, ['-D', temporary, `--pwfile=${passwordFile}`, ...initdb], '');
  await rm(passwordFile, { force: true });
  const sql = [
    `CREATE ROLE ${DATABASE_ROLE} LOGIN PASSWORD '${password}'`,
    `CREATE DATABASE ${DATABASE_ROLE} OWNER ${DATABASE_ROLE}`,
  ];
  const single = ['--single', '-D', temporary, '-c', 'exit_on_error=true', 'postgres'];
  await runProgram(context, binaries.postgres, single, `${sql.join('\n')}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(temporary, folder);
}
