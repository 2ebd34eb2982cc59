import { type DeviceDirectory, type SiteMapping, siteMappingSchema } from '@logmaster/core/devices';
import type { Events } from '@logmaster/telemetry/events';
import { Backoff } from '../../backoff.ts';
import { readIfPresent, replaceFile } from '../../files.ts';
import type { Sightings } from './sightings.ts';

export interface MappingPollerOptions {
  /** Undefined when no database is configured: then the last copy is all there is. */
  readonly directory: DeviceDirectory | undefined;
  /** Newest copy, for the next start without a database. */
  readonly file: string;
  readonly sightings: Sightings;
  readonly events: Events;
  readonly reportMs?: number;
}

const REPORT_MS = 3000;

/** Talks with the database: brings the mapping, tells who sends. While it is away the last copy is used. */
export class MappingPoller {
  private readonly options: MappingPollerOptions;
  private readonly backoff = new Backoff();
  private reportedAt = Number.NEGATIVE_INFINITY;
  private text = '';
  error: string | undefined;
  /** performance.now() of the last answer. */
  answeredAt: number | undefined;

  constructor(options: MappingPollerOptions) {
    this.options = options;
  }

  /** The copy of the last run. */
  async load(): Promise<SiteMapping | undefined> {
    const bytes = await readIfPresent(this.options.file);
    return bytes && siteMappingSchema.parse(JSON.parse(bytes.toString()));
  }

  /** The mapping if it has changed since the last call. */
  async poll(): Promise<SiteMapping | undefined> {
    const { directory, file, sightings, events, reportMs = REPORT_MS } = this.options;
    if (directory === undefined || !this.backoff.ready) return undefined;
    try {
      const mapping = await directory.loadMapping();
      if (performance.now() - this.reportedAt >= reportMs) {
        await sightings.report(directory);
        this.reportedAt = performance.now();
      }
      this.error = undefined;
      this.answeredAt = performance.now();
      this.backoff.worked();
      const text = JSON.stringify(mapping);
      if (text === this.text) return undefined;
      await replaceFile(file, text);
      this.text = text;
      return mapping;
    } catch (error) {
      this.backoff.failed();
      this.error = error instanceof Error ? error.message : String(error);
      events.emit('database_away', { reason: this.error });
      return undefined;
    }
  }
}
