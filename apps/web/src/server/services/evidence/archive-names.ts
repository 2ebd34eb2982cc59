import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@logmaster/core/errors';
import { slugSchema } from '@logmaster/core/names';

/** Folders at the top of an archive that are no sites. A site can't have such a name. */
export const SHARED_FOLDERS: ReadonlySet<string> = new Set(['certificates', 'revocation', 'organisation', 'renewals']);

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR';
}

/** Names of the folders in a folder, sorted; none when it is not there. ARCHIVE_UNAVAILABLE when it can't be read. */
export async function listFolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw new AppError('ARCHIVE_UNAVAILABLE', { cause });
  }
}

/** Site ids that have a folder in the archive. */
export async function listArchiveSites(archive: string): Promise<string[]> {
  const names = await listFolders(archive);
  return names.filter((name) => slugSchema.safeParse(name).success && !SHARED_FOLDERS.has(name));
}

/** The first or the last UTC day `YYYY-MM-DD` that a site has a folder of; null when it has none. */
export async function edgeDay(archive: string, siteId: string, edge: 'first' | 'last'): Promise<string | null> {
  const digits = (length: number) => new RegExp(`^\\d{${length}}$`);
  async function descend(folder: string, widths: readonly number[]): Promise<string[] | null> {
    const [width, ...deeper] = widths;
    if (width === undefined) return [];
    const names = (await listFolders(folder)).filter((name) => digits(width).test(name));
    if (edge === 'last') names.reverse();
    for (const name of names) {
      const rest = await descend(path.join(folder, name), deeper);
      if (rest) return [name, ...rest];
    }
    return null;
  }
  return (await descend(path.join(archive, siteId), [4, 2, 2]))?.join('-') ?? null;
}
