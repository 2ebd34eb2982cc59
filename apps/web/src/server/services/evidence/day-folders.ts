import { access } from 'node:fs/promises';
import path from 'node:path';
import { dayFolder, SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { slugSchema } from '@logmaster/core/names';
import { isMissing, listFolders } from './archive-names.ts';

/** What lies in the folder of one site and UTC day. Paths are relative to the archive. */
export interface DayFolders {
  readonly packed: readonly { readonly node: string; readonly folder: string }[];
  /** Of nodes that have no packed day here: while a day is being packed both are there, and the packed one counts. */
  readonly segments: readonly { readonly node: string; readonly segment: number; readonly folder: string }[];
}

const SEGMENT_FOLDER = /^([a-z0-9-]{1,40})-(\d{8})$/;

async function has(folder: string, file: string): Promise<boolean> {
  try {
    await access(path.join(folder, file));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** `site` and `day` were validated as slug and date before. */
export async function listDayFolders(archive: string, site: string, day: string): Promise<DayFolders> {
  const base = dayFolder(site, day);
  const names = (await listFolders(path.join(archive, base))).filter(
    (name) => slugSchema.safeParse(name).success || SEGMENT_FOLDER.test(name),
  );
  const segments: { node: string; segment: number; folder: string }[] = [];
  const packed: { node: string; folder: string }[] = [];
  for (const name of names) {
    const folder = `${base}/${name}`;
    const match = SEGMENT_FOLDER.exec(name);
    // A node's own name may look like a segment's folder: then the file inside decides.
    if (match && !(await has(path.join(archive, folder), SEAL_FILES.day))) {
      segments.push({ node: match[1] ?? '', segment: Number(match[2]), folder });
    } else {
      packed.push({ node: name, folder });
    }
  }
  const done = new Set(packed.map(({ node }) => node));
  return { packed, segments: segments.filter(({ node }) => !done.has(node)) };
}
