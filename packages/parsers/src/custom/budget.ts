/** Strikes at which a definition is suspended, and how many one record can give. */
const LIMIT = 10;
const MOST_AT_ONCE = 4;
/** Times the budget: one such record is enough. */
const FAR_OVER = 25;
/** What a record within the budget takes back: one slow record in a hundred is forgiven. */
const FORGIVEN = 0.01;
const SUSPENDED_MS = 10 * 60_000;

/**
 * The time that one definition takes. A match can't be broken off, but it is bounded, for the engine is linear and what it
 * reads is limited; a definition that is slow again and again is suspended for ten minutes.
 */
export class TimeBudget {
  private readonly recordMs: number;
  private strikes = 0;
  private until = Number.NEGATIVE_INFINITY;

  /** @param recordMs what a record may take */
  constructor(recordMs: number) {
    this.recordMs = recordMs;
  }

  /** @param now ms, of the same clock as all calls */
  isSuspended(now: number): boolean {
    return now < this.until;
  }

  suspend(now: number): void {
    this.strikes = 0;
    this.until = now + SUSPENDED_MS;
  }

  /** Notes a record. True when the definition is suspended by it. */
  spend(ms: number, now: number): boolean {
    if (ms <= this.recordMs) {
      this.strikes = Math.max(0, this.strikes - FORGIVEN);
      return false;
    }
    const times = ms / this.recordMs;
    this.strikes += times >= FAR_OVER ? LIMIT : Math.min(times, MOST_AT_ONCE);
    if (this.strikes < LIMIT) return false;
    this.suspend(now);
    return true;
  }
}
