import { explainFailure } from './failures.ts';

/** How long a successful check counts. A cluster that was wiped meanwhile gets its templates within that time. */
const VALID_MS = 60_000;

/**
 * What must hold before a cluster is used: the right product and version, templates in place. Checked with the first
 * call that gets through, once a minute, and again after every failure.
 */
export class Gate {
  readonly #check: () => Promise<void>;
  #passing: Promise<void> | undefined;
  #passedAt = Number.NEGATIVE_INFINITY;

  constructor(check: () => Promise<void>) {
    this.#check = check;
  }

  /** Throws what is wrong: CONFIG_INVALID or SEARCH_UNAVAILABLE. */
  async pass(): Promise<void> {
    if (performance.now() - this.#passedAt < VALID_MS) return;
    this.#passing ??= this.#try().finally(() => {
      this.#passing = undefined;
    });
    await this.#passing;
  }

  /** The next call checks again. */
  doubt(): void {
    this.#passedAt = Number.NEGATIVE_INFINITY;
  }

  async #try(): Promise<void> {
    try {
      await this.#check();
      this.#passedAt = performance.now();
    } catch (cause) {
      throw explainFailure(cause);
    }
  }

  /** Runs what needs the cluster; any failure raises doubt. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    await this.pass();
    try {
      return await work();
    } catch (cause) {
      const fault = explainFailure(cause);
      if (fault.code === 'SEARCH_UNAVAILABLE') this.doubt();
      throw fault;
    }
  }
}
