import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { ServiceError } from '../services/process/service-error.ts';

/** PostgreSQL three times, Elasticsearch and what it copies of itself, some minutes of records. */
const NEEDED_BYTES = 3 * 1024 ** 3;
const MIB = 1024 ** 2;

/** Throws a ServiceError when the folder for temporary files has too little room for a cluster. */
export async function checkDiskSpace(needed = NEEDED_BYTES, folder = tmpdir()): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new ServiceError(
    'cluster',
    `there are only ${Math.floor(free / MIB)} MiB free in ${folder}, and ${Math.ceil(needed / MIB)} MiB are needed`,
    { advice: 'make room, or name another folder with TMPDIR' },
  );
}
