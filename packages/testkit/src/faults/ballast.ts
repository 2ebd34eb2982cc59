import { rm, statfs, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A file that takes room on a (small!) disk, more or less of it. */
export interface Ballast {
  /** Grows or shrinks until about so many bytes are free. */
  leaveFree(bytes: number): Promise<void>;
  remove(): Promise<void>;
}

const PIECE = Buffer.alloc(256 * 1024, 'ballast');

export async function placeBallast(folder: string): Promise<Ballast> {
  const file = path.join(folder, 'ballast');
  let size = 0;
  await writeFile(file, '');
  const free = async () => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };
  return {
    async leaveFree(bytes) {
      let more = (await free()) - bytes;
      if (more < 0) {
        size = Math.max(0, size + more);
        await truncate(file, size);
      }
      for (; more > 0; more -= PIECE.length) {
        const piece = PIECE.subarray(0, Math.min(PIECE.length, more));
        await writeFile(file, piece, { flag: 'a' });
        size += piece.length;
      }
    },
    remove: () => rm(file),
  };
}
