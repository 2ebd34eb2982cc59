import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '@logmaster/core/errors';

/** How often a running statement is told to stop: one call can fall between two statements and be lost. */
const INTERRUPT_EVERY_MS = 25;

export interface SlotOptions {
  /** Searches that run at the same time; the others wait. */
  readonly concurrency: number;
  /** Searches that may wait; one more is refused with SEARCH_UNAVAILABLE. */
  readonly queue: number;
  /** A search is stopped after this long, waiting not counted. */
  readonly timeLimitMs: number;
}

interface Waiting {
  readonly begin: () => void;
}

/** Connections for a bounded number of searches at a time, each cancellable and limited in time. */
export class Slots {
  readonly #instance: DuckDBInstance;
  readonly #options: SlotOptions;
  readonly #idle: DuckDBConnection[] = [];
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(instance: DuckDBInstance, options: SlotOptions) {
    this.#instance = instance;
    this.#options = options;
  }

  /** Runs `work`; `check` throws as soon as the search was cancelled or took too long. */
  async run<T>(
    signal: AbortSignal | undefined,
    work: (connection: DuckDBConnection, check: () => void) => Promise<T>,
  ): Promise<T> {
    await this.#acquire(signal);
    let connection: DuckDBConnection | undefined;
    let ended: AppError | undefined;
    let interrupting: NodeJS.Timeout | undefined;
    const end = (reason: AppError) => {
      ended ??= reason;
      connection?.interrupt();
      interrupting ??= setInterval(() => connection?.interrupt(), INTERRUPT_EVERY_MS);
    };
    const cancel = () => end(new AppError('SEARCH_CANCELLED'));
    const seconds = this.#options.timeLimitMs / 1000;
    const timer = setTimeout(
      () =>
        end(
          new AppError('SEARCH_TIMEOUT', { detail: `stopped after ${seconds} s; narrow the time range or the query` }),
        ),
      this.#options.timeLimitMs,
    );
    signal?.addEventListener('abort', cancel, { once: true });
    // aborted while it waited for its slot
    if (signal?.aborted) cancel();
    try {
      connection = this.#idle.pop() ?? (await this.#instance.connect());
      const check = () => {
        if (ended) throw ended;
      };
      check();
      const result = await work(connection, check);
      check();
      return result;
    } catch (cause) {
      throw ended ?? cause;
    } finally {
      clearTimeout(timer);
      clearInterval(interrupting);
      signal?.removeEventListener('abort', cancel);
      // an interrupt that came too late would hit the next search on this connection
      if (connection) {
        if (ended) connection.closeSync();
        else this.#idle.push(connection);
      }
      this.#running--;
      this.#next();
    }
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first || this.#running >= this.#options.concurrency) return;
    this.#waiting.delete(first);
    this.#running++;
    first.begin();
  }

  #acquire(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(new AppError('SEARCH_CANCELLED'));
    if (this.#waiting.size >= this.#options.queue) {
      return Promise.reject(new AppError('SEARCH_UNAVAILABLE', { detail: 'too many searches are waiting' }));
    }
    return new Promise((resolve, reject) => {
      const cancel = () => {
        if (this.#waiting.delete(entry)) reject(new AppError('SEARCH_CANCELLED'));
      };
      const entry: Waiting = {
        begin: () => {
          signal?.removeEventListener('abort', cancel);
          resolve();
        },
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.add(entry);
      this.#next();
    });
  }

  close(): void {
    for (const connection of this.#idle.splice(0)) connection.closeSync();
  }
}
