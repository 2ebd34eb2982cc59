import { setTimeout as wait } from 'node:timers/promises';

/**
 * Calls `step` again and again until stopped: at once while it has work, else after `idleMs`. An error ends the loop
 * and is handed to `onError`: what can be tried again is handled inside the step.
 */
export class Loop {
  private readonly step: () => Promise<boolean>;
  private readonly idleMs: number;
  private readonly onError: (error: unknown) => void;
  private readonly stopping = new AbortController();
  private done: Promise<void> | undefined;

  constructor(step: () => Promise<boolean>, idleMs: number, onError: (error: unknown) => void) {
    this.step = step;
    this.idleMs = idleMs;
    this.onError = onError;
  }

  start(): void {
    this.done = this.run().catch(this.onError);
  }

  /** Resolves when the step under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const worked = await this.step();
      // An abort ends the wait early; that is no error.
      await wait(worked ? 0 : this.idleMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
