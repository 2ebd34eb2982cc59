interface Bucket {
  tokens: number;
  at: number;
}

/** Senders told apart; a flood of forged addresses begins the table anew. */
const MAX_SOURCES = 20_000;

/** A token bucket for each source address, in records; full it holds one second's worth. */
export class SourceRate {
  private readonly perSecond: number;
  private readonly now: () => number;
  private readonly buckets = new Map<string, Bucket>();

  /** `now` in ms. */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.perSecond = perSecond;
    this.now = now;
  }

  /** For a datagram: takes one if there is one. */
  allow(source: string): boolean {
    const bucket = this.bucket(source);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** For what came over a connection and is kept in any case: the debt is waited for. */
  spend(source: string, records: number): void {
    this.bucket(source).tokens -= records;
  }

  /** ms until the source is out of debt. */
  waitMs(source: string): number {
    const { tokens } = this.bucket(source);
    return tokens >= 0 ? 0 : Math.ceil((-tokens / this.perSecond) * 1000);
  }

  private bucket(source: string): Bucket {
    const at = this.now();
    const known = this.buckets.get(source);
    if (known === undefined) {
      if (this.buckets.size >= MAX_SOURCES) this.buckets.clear();
      const full = { tokens: this.perSecond, at };
      this.buckets.set(source, full);
      return full;
    }
    known.tokens = Math.min(this.perSecond, known.tokens + ((at - known.at) / 1000) * this.perSecond);
    known.at = at;
    return known;
  }
}
