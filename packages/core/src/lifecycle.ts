/** A long-running part. `start` resolves when the part is ready; `stop` when nothing of it is left running. */
export interface Lifecycle {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts parts in order and stops them in reverse. When one fails to start, those before it are stopped and the
 * error is thrown on. `stop` visits every part even if one throws, then throws what was collected.
 */
export function sequence(name: string, parts: readonly Lifecycle[]): Lifecycle {
  const started: Lifecycle[] = [];
  async function stop(): Promise<void> {
    const failures: unknown[] = [];
    for (let part = started.pop(); part !== undefined; part = started.pop()) {
      await part.stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, `${name} did not stop cleanly`);
  }
  async function start(): Promise<void> {
    for (const part of parts) {
      try {
        await part.start();
        started.push(part);
      } catch (cause) {
        await stop();
        throw cause;
      }
    }
  }
  return { name, start, stop };
}
