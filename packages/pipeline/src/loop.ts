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

/** Loops that run side by side and end one after the other, in the order in which they were started. */
export class Loops {
  private readonly onError: (error: unknown) => void;
  private loops: Loop[] = [];

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  /** As `Loop`: `idleMs` lie between two steps that had nothing to do. */
  run(idleMs: number, step: () => Promise<boolean>): void {
    const loop = new Loop(step, idleMs, this.onError);
    this.loops.push(loop);
    loop.start();
  }

  /** The same for a step that does all it has to do at once: `idleMs` lie between any two. */
  every(idleMs: number, step: () => void | Promise<void>): void {
    this.run(idleMs, async () => {
      await step();
      return false;
    });
  }

  async stop(): Promise<void> {
    const { loops } = this;
    this.loops = [];
    for (const loop of loops) await loop.stop();
  }
}
