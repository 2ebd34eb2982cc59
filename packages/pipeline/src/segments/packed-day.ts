import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { isMissing, readIfPresent, removeIfPresent, replaceFile } from '../files.ts';
import { listSites } from './chain.ts';
import type { SegmentLayout } from './layout.ts';

/** A day that the sealer has packed and that the index shall serve from the archive's file. */
const packedDaySchema = z.strictObject({
  site: z.string(),
  /** UTC. */
  day: z.iso.date(),
  /** `events.parquet`, relative to the archive. */
  parquet: z.string(),
  records: z.int().nonnegative(),
});
export type AnnouncedDay = z.infer<typeof packedDaySchema>;

/** Durable before the segments that the day replaces are removed; it waits for an index that is away. */
export function announceDay(layout: SegmentLayout, day: AnnouncedDay): Promise<void> {
  return replaceFile(layout.packedDay(day.site, day.day), JSON.stringify(day));
}

/** Days that wait for the index, oldest first within a site. */
export async function readAnnouncedDays(layout: SegmentLayout): Promise<AnnouncedDay[]> {
  const days: AnnouncedDay[] = [];
  for (const site of await listSites(layout)) {
    const names = await readdir(layout.site(site)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const name of names.sort()) {
      const day = /^(\d{4}-\d\d-\d\d)\.packed\.json$/.exec(name)?.[1];
      if (day === undefined) continue;
      const bytes = await readIfPresent(layout.packedDay(site, day));
      if (bytes !== undefined) days.push(packedDaySchema.parse(JSON.parse(bytes.toString())));
    }
  }
  return days;
}

export function forgetAnnouncedDay(layout: SegmentLayout, { site, day }: AnnouncedDay): Promise<void> {
  return removeIfPresent(layout.packedDay(site, day));
}
