/** Waits that grow from 1 s to 30 s while something is away, and begin again once it is back. */
export class Backoff {
  private readonly least: number;
  private readonly most: number;
  private readonly now: () => number;
  private waitMs: number;
  private notBefore = Number.NEGATIVE_INFINITY;

  constructor(least = 1000, most = 30_000, now: () => number = () => performance.now()) {
    this.least = least;
    this.most = most;
    this.now = now;
    this.waitMs = least;
  }

  get ready(): boolean {
    return this.now() >= this.notBefore;
  }

  failed(): void {
    this.notBefore = this.now() + this.waitMs;
    this.waitMs = Math.min(this.waitMs * 2, this.most);
  }

  worked(): void {
    this.notBefore = Number.NEGATIVE_INFINITY;
    this.waitMs = this.least;
  }
}
