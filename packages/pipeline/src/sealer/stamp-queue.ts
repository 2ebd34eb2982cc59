import path from 'node:path';
import { dayFolder, SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { dayStart, MICROS_PER_DAY, type Micros, utcDay } from '@logmaster/core/time';
import { listSites, readChain } from '../segments/chain.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import type { Archive } from './archive.ts';

/** A segment in the archive that lacks its time-stamp. */
export interface Unstamped {
  /** Its folder in the archive. */
  readonly relative: string;
  readonly site: string;
  /** `yyyy-mm-dd` */
  readonly day: string;
  /** Its end; where only the folder is known, the start of its day. */
  readonly to: Micros;
}

/** Segments that wait for their time-stamp, the first one first. */
export class StampQueue {
  private readonly waiting: Unstamped[] = [];
  private isComplete = false;

  /** Does it hold those that were left by an earlier life? Until then a day may lack stamps that nothing here knows of. */
  get complete(): boolean {
    return this.isComplete;
  }

  get items(): readonly Unstamped[] {
    return this.waiting;
  }

  add(item: Unstamped): void {
    if (!this.waiting.some(({ relative }) => relative === item.relative)) this.waiting.push(item);
  }

  /** The first one has its time-stamp. */
  stamped(): void {
    this.waiting.shift();
  }

  /** Does a segment of this day, or of one before, wait? */
  holds(site: string, day: string): boolean {
    return this.waiting.some((item) => item.site === site && item.day <= day);
  }

  /** After a start: finds the archived segments of days that are not packed and that lack their token. */
  async fill(places: { layout: SegmentLayout; archive: Archive; node: string }, until: Micros): Promise<void> {
    const { layout, archive, node } = places;
    await archive.check();
    for (const site of await listSites(layout)) {
      const chain = await readChain(layout, site);
      if (chain === undefined) continue;
      const first = chain.day === null ? dayStart(chain.first_day) : dayStart(chain.day.day) + MICROS_PER_DAY;
      for (let at = first; at <= Math.max(until, chain.last.to); at += MICROS_PER_DAY) {
        const day = utcDay(at);
        const folder = dayFolder(site, day);
        for (const name of (await archive.list(folder)).sort()) {
          if (!new RegExp(`^${node}-\\d{8}$`).test(name)) continue;
          const relative = path.join(folder, name);
          if (!(await archive.has(path.join(relative, SEAL_FILES.token)))) this.add({ relative, site, day, to: at });
        }
      }
    }
    this.isComplete = true;
  }
}
