import path from 'node:path';
import type { PackedDayCatalogue } from '@logmaster/search/packed-days';
import type { Events } from '@logmaster/telemetry/events';
import { Backoff } from '../../backoff.ts';
import type { Fault } from '../../fault.ts';
import type { SegmentLayout } from '../../segments/layout.ts';
import { forgetAnnouncedDay, readAnnouncedDays } from '../../segments/packed-day.ts';

export interface PackedDaysOptions {
  readonly layout: SegmentLayout;
  readonly archiveFolder: string;
  readonly index: PackedDayCatalogue;
  readonly events: Events;
  readonly fault: Fault;
}

/** Has the index serve the days that the sealer has packed. */
export class PackedDays {
  private readonly options: PackedDaysOptions;
  private readonly backoff = new Backoff();
  error: string | undefined;

  constructor(options: PackedDaysOptions) {
    this.options = options;
  }

  /** False when none waits. */
  async step(): Promise<boolean> {
    const { layout, archiveFolder, index, events, fault } = this.options;
    if (!this.backoff.ready) return false;
    try {
      const days = await readAnnouncedDays(layout);
      for (const day of days) {
        await index.replaceDay({ ...day, parquet: path.join(archiveFolder, day.parquet) });
        fault('day-indexed');
        await forgetAnnouncedDay(layout, day);
      }
      this.backoff.worked();
      this.error = undefined;
      return days.length > 0;
    } catch (error) {
      this.backoff.failed();
      this.error = error instanceof Error ? error.message : String(error);
      events.emit('day_failed', { reason: this.error });
      return false;
    }
  }
}
