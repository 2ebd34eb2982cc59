import { randomFillSync } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissing, removeIfPresent } from '../files.ts';

/** Random, so that no file system stores it as less than it is. */
const PIECE = randomFillSync(Buffer.alloc(1024 * 1024));

/** A file that only takes room, in the folder of a file system, until somebody needs the room. */
export class Reserve {
  private readonly file: string;

  constructor(folder: string) {
    this.file = path.join(folder, 'reserve');
  }

  /** Bytes it holds now. */
  async held(): Promise<number> {
    return stat(this.file).then(
      ({ size }) => size,
      (error: unknown) => {
        if (isMissing(error)) return 0;
        throw error;
      },
    );
  }

  /** Makes it hold so many bytes. Throws, and holds none, when the disk has no room for them. */
  async hold(bytes: number): Promise<void> {
    if ((await this.held()) > bytes) await this.release();
    try {
      const handle = await open(this.file, 'a', 0o640);
      try {
        for (let at = (await handle.stat()).size; at < bytes; at += PIECE.length)
          await handle.appendFile(PIECE.subarray(0, Math.min(PIECE.length, bytes - at)));
        await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  async release(): Promise<void> {
    await removeIfPresent(this.file);
  }
}
