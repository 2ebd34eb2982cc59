import type { Clock } from '@logmaster/core/clock';
import type { CoverageAnswer, CoverageDirectory } from '@logmaster/core/coverage/window';
import type { Events } from '@logmaster/telemetry/events';
import { Backoff } from '../../backoff.ts';
import type { Coverage } from './coverage.ts';

export interface CoverageReporterOptions {
  readonly coverage: Coverage;
  readonly directory: CoverageDirectory;
  readonly clock: Clock;
  readonly events: Events;
}

/** Tells the database how devices are parsed, and the outside whose parsing has drifted. */
export class CoverageReporter {
  private readonly options: CoverageReporterOptions;
  private readonly backoff = new Backoff();
  /** Devices of the installation that drift, as of the last answer. */
  drifting = 0;

  constructor(options: CoverageReporterOptions) {
    this.options = options;
  }

  /** Never rejects for a database that is away: what was collected waits. Always false: the next report has its time. */
  async step(): Promise<boolean> {
    const { coverage, directory, clock, events } = this.options;
    if (!this.backoff.ready) return false;
    try {
      this.tell(await coverage.report(directory, clock()));
      this.backoff.worked();
    } catch (error) {
      this.backoff.failed();
      events.emit('coverage_failed', { err: error });
    }
    return false;
  }

  private tell({ changes, drifting }: CoverageAnswer): void {
    this.drifting = drifting;
    for (const { deviceId: device, name, since: micros, drift } of changes) {
      const about = { device, name, since: new Date(micros / 1000).toISOString() };
      if (drift === null) this.options.events.emit('parse_drift_ended', about);
      else {
        const { kinds, score, usualScore, missing } = drift;
        const fall = { kinds, score, usual_score: usualScore, missing_fields: missing };
        this.options.events.emit('parse_drift_began', { ...about, ...fall });
      }
    }
  }
}
