import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Writing files so that after a power cut they are there, whole, or not at all. */

export interface WriteOptions {
  /** Who may read it: 0o600 for secrets. */
  readonly mode: number;
  /**
   * Nobody else writes this file, in this process or another: the temporary file has one name, and what a killed process left
   * of it is gone with the next write.
   */
  readonly soleWriter?: boolean;
}

/**
 * Replaces a file: temporary file beside it, fsync, rename, fsync of the folder. A reader sees the old or the new one, never
 * a mix, and of several writers the last one's. Names of temporary files begin with a dot.
 */
export async function replaceFile(
  file: string,
  bytes: string | Uint8Array,
  { mode, soleWriter = false }: WriteOptions,
): Promise<void> {
  const ending = soleWriter ? 'tmp' : randomBytes(6).toString('hex');
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${ending}`);
  try {
    await writeSynced(temporary, bytes, mode);
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  await syncFolder(path.dirname(file));
}

/** Writes and fsyncs a file in place. Its name is durable only after `syncFolder`. */
export async function writeSynced(file: string, bytes: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a finished file its name, durably. Both are on one file system. */
export async function publishFile(temporary: string, final: string): Promise<void> {
  await sync(temporary);
  await rename(temporary, final);
  await syncFolder(path.dirname(final));
}

/** Makes renames and new names inside a folder survive a power cut. */
export function syncFolder(folder: string): Promise<void> {
  return sync(folder);
}

async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
