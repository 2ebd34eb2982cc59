import { statfs } from 'node:fs/promises';
import { type MarkOptions, marksOf } from './marks.ts';
import { DATAGRAM_FLOOR } from './steps.ts';

/** So long a reading counts, less what was written since. */
const READING_MS = 100;
/** The counters, written each second: without them nobody would see what is dropped meanwhile. */
const SMALL_BYTES = 16 * 1024;

/**
 * May the journal write so many bytes? Not into what is kept for those who work it off: a guard that looks each second
 * comes too late for a journal that writes a disk full within one. A few KiB are let through.
 * @param now ms that never go back
 */
export function journalRoom(
  folder: string,
  marks: MarkOptions,
  now: () => number = () => performance.now(),
): (bytes: number) => Promise<boolean> {
  let left = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  return async (bytes) => {
    if (bytes <= SMALL_BYTES) return true;
    if (now() - readAt > READING_MS || bytes > left) {
      const { blocks, bavail, bsize } = await statfs(folder);
      left = bavail * bsize - marksOf(blocks * bsize, marks).lowBytes * DATAGRAM_FLOOR;
      readAt = now();
    }
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
}
