/** Turns the kernel's running totals into what is new, each drop once. */
export class DropCounter {
  /** Drops that have been counted, by socket. Outlives a worker: the socket and its total do, too. */
  private readonly counted: Map<string, number>;

  constructor(counted: Readonly<Record<string, number>> = {}) {
    this.counted = new Map(Object.entries(counted));
  }

  /** Drops of the totals that have not been counted yet. */
  take(totals: ReadonlyMap<string, number>): number {
    let fresh = 0;
    for (const [socket, total] of totals) {
      fresh += freshDrops(this.counted.get(socket) ?? 0, total);
      this.counted.set(socket, total);
    }
    // A number of a socket that is gone may be given to another one.
    for (const socket of this.counted.keys()) if (!totals.has(socket)) this.counted.delete(socket);
    return fresh;
  }

  get state(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counted);
  }
}

/** The kernel counts in 32 bits; a total that fell otherwise is that of another socket with the same number. */
function freshDrops(before: number, total: number): number {
  if (total >= before) return total - before;
  return before - total > 0x8000_0000 ? total + 0x1_0000_0000 - before : total;
}
