import { readdir } from 'node:fs/promises';
import { AppError } from '@logmaster/core/errors';
import type { Dependencies } from '../../dependencies.ts';

/** ARCHIVE_UNAVAILABLE when the archive's folder can't be read (an NFS mount that went away). */
export async function checkArchive({ layout }: Pick<Dependencies, 'layout'>): Promise<void> {
  try {
    await readdir(layout.archive);
  } catch (cause) {
    throw new AppError('ARCHIVE_UNAVAILABLE', { cause });
  }
}
