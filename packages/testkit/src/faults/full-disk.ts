import { appendFile, rm } from 'node:fs/promises';
import path from 'node:path';

const PIECES = [1024 * 1024, 4096];

/** Fills what is left of a (small!) disk with one file. The function it resolves with gives the room back. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const ballast = path.join(folder, 'ballast');
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
