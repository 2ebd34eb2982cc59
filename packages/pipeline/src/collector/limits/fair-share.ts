/**
 * Who fills the room in front of the journal? While it is more than half full, a source that holds more than its share is
 * slowed, so that one storming device can't take the room of the others: they wait at most for what it has in there now.
 */
export class FairShare {
  private readonly limit: number;
  /** Bytes of each source that wait for the disk, about. */
  private readonly bytes = new Map<string, number>();

  constructor(limitBytes: number) {
    this.limit = limitBytes;
  }

  add(source: string, bytes: number): void {
    this.bytes.set(source, (this.bytes.get(source) ?? 0) + bytes);
  }

  /**
   * `pending` of what waited are left after a commit. Commits take blocks, not sources: each source's bytes shrink
   * by the same part, which is exact once nothing is pending.
   */
  committed(committed: number, pending: number): void {
    if (pending === 0) {
      this.bytes.clear();
      return;
    }
    const left = pending / (pending + committed);
    for (const [source, bytes] of this.bytes) {
      if (bytes * left < 1) this.bytes.delete(source);
      else this.bytes.set(source, bytes * left);
    }
  }

  /** One more than there are, so that a newcomer finds room. */
  get share(): number {
    return this.limit / (this.bytes.size + 1);
  }

  /** More than its share, while room is short. */
  over(source: string, pending: number): boolean {
    return pending > this.limit / 2 && (this.bytes.get(source) ?? 0) > this.share;
  }
}
