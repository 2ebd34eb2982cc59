import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../process/service-error.ts';

/** Where Debian puts the servers, a folder a major version. */
const VERSIONS = '/usr/lib/postgresql';
/** pg_rewind takes `--config-file` since 15, and the cluster needs it. */
const OLDEST = 15;

export interface PostgresPrograms {
  /** Its folder: `psql` and the other clients are here, too. */
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgBaseBackup: string;
  readonly pgRewind: string;
}

/** Nothing when there is no such folder. */
async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/** The newest server that is installed. */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  for (const version of (await list(VERSIONS)).map(Number).sort((a, b) => b - a)) {
    const folder = path.join(VERSIONS, `${version}`, 'bin');
    // The folder of a version stays when only its clients are installed.
    const programs = await list(folder);
    if (!(version >= OLDEST) || !programs.includes('postgres')) continue;
    const at = (program: string) => path.join(folder, program);
    return {
      folder,
      initdb: at('initdb'),
      postgres: at('postgres'),
      pgBaseBackup: at('pg_basebackup'),
      pgRewind: at('pg_rewind'),
    };
  }
  throw new ServiceError('postgres', `no PostgreSQL ${OLDEST} or newer is installed`, {
    advice: 'npm run setup:services postgresql',
  });
}
