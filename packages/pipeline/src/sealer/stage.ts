import { AppError } from '@logmaster/core/errors';
import type { Events } from '@logmaster/telemetry/events';
import { Backoff } from '../backoff.ts';

type Failure = 'seal_failed' | 'archive_away' | 'stamp_failed' | 'day_failed';

/** One stage of the sealer, which waits for something of its own: it is tried again while the others go on. */
export class Stage {
  private readonly failure: Failure;
  private readonly events: Pick<Events, 'emit'>;
  private readonly backoff: Backoff;
  /** Why the last try failed; undefined since one has worked. */
  error: string | undefined;

  /** @param failure the event that tells of a try that failed */
  constructor(failure: Failure, events: Pick<Events, 'emit'>, backoff = new Backoff()) {
    this.failure = failure;
    this.events = events;
    this.backoff = backoff;
  }

  /**
   * Never rejects.
   * @param work false when it found nothing to do
   * @returns false when there was nothing to do, or when it is too early after a failure
   */
  async run(work: () => Promise<boolean>): Promise<boolean> {
    if (!this.backoff.ready) return false;
    try {
      if (!(await work())) return false;
      this.backoff.worked();
      this.error = undefined;
    } catch (error) {
      this.failed(error);
    }
    return true;
  }

  private failed(error: unknown): void {
    this.backoff.failed();
    const reason = error instanceof Error ? error.message : String(error);
    this.error = reason;
    // Something away is expected and has a sentence; a stranger needs its stack.
    this.events.emit(this.failure, error instanceof AppError ? { reason } : { reason, err: error });
  }
}
