import { z } from 'zod';
import type { SegmentSummary } from '../../contracts/evidence.ts';
import { isMissing } from './archive-names.ts';
import { listDayFolders } from './day-folders.ts';
import { type PackedDayFound, readPackedDay } from './read-packed-day.ts';
import { readSegment } from './read-segment.ts';

export interface DayFound {
  readonly packed: readonly PackedDayFound[];
  readonly segments: readonly SegmentSummary[];
  /** Folders whose manifest is no manifest, relative to the archive. */
  readonly damaged: readonly string[];
}

/** So many folders are read at the same time: an NFS mount answers slowly, one after the other takes too long. */
const AT_ONCE = 16;

async function mapAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(index, index + AT_ONCE).map(work))));
  }
  return results;
}

/** Undefined for a folder that was packed or removed while we looked; 'damaged' for one that holds no manifest. */
async function readable<T>(read: Promise<T>): Promise<T | 'damaged' | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof z.ZodError) return 'damaged';
    throw error;
  }
}

/** All that is sealed of one site and UTC day. */
export async function readDay(archive: string, site: string, day: string): Promise<DayFound> {
  const folders = await listDayFolders(archive, site, day);
  const damaged: string[] = [];
  const sort = <T>(found: readonly (readonly [string, T | 'damaged' | undefined])[]): T[] => {
    damaged.push(...found.filter(([, value]) => value === 'damaged').map(([folder]) => folder));
    return found.map(([, value]) => value).filter((value) => value !== undefined && value !== 'damaged') as T[];
  };
  const packed = await mapAtOnce(
    folders.packed,
    async ({ folder }) => [folder, await readable(readPackedDay(archive, folder))] as const,
  );
  const segments = await mapAtOnce(
    folders.segments,
    async ({ folder }) => [folder, await readable(readSegment(archive, folder, day))] as const,
  );
  return { packed: sort(packed), segments: sort(segments), damaged };
}
