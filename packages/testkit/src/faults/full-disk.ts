import { execFile } from 'node:child_process';
import { appendFile, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PIECES = [1024 * 1024, 4096];
/** Left to be written piece by piece: others write meanwhile, and the file system keeps some for itself. */
const REST_BYTES = 8 * 1024 * 1024;

/** Fills what is left of a (small!) disk with one file. The function it resolves with gives the room back. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const ballast = path.join(folder, 'ballast');
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > 2 * REST_BYTES) await run('fallocate', ['-l', `${bavail * bsize - REST_BYTES}`, ballast]);
  for (const bytes of PIECES) {
    let full = false;
    while (!full) {
      full = await appendFile(ballast, Buffer.alloc(bytes)).then(
        () => false,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOSPC') return true;
          throw error;
        },
      );
    }
  }
  return () => rm(ballast);
}
