/** How many connections may be open, over all stream ports of this process together. */
export interface ConnectionLimits {
  readonly total: number;
  /** From one address, so that one device or attacker can't take all. */
  readonly perAddress: number;
}

/** An idle connection costs about 10 KiB, a TLS one 40 KiB. */
export const DEFAULT_LIMITS: ConnectionLimits = { total: 10_000, perAddress: 2000 };

/** Counts open connections; says no when one more would be too many. */
export class ConnectionCounter {
  private readonly limits: ConnectionLimits;
  private readonly byAddress = new Map<string, number>();
  open = 0;

  constructor(limits: ConnectionLimits = DEFAULT_LIMITS) {
    this.limits = limits;
  }

  enter(address: string): boolean {
    const here = this.byAddress.get(address) ?? 0;
    if (this.open >= this.limits.total || here >= this.limits.perAddress) return false;
    this.open += 1;
    this.byAddress.set(address, here + 1);
    return true;
  }

  /** A load balancer speaks for many: only the total counts until it has said for whom. */
  enterUnnamed(): boolean {
    if (this.open >= this.limits.total) return false;
    this.open += 1;
    return true;
  }

  leaveUnnamed(): void {
    this.open -= 1;
  }

  leave(address: string): void {
    this.open -= 1;
    const left = (this.byAddress.get(address) ?? 0) - 1;
    if (left > 0) this.byAddress.set(address, left);
    else this.byAddress.delete(address);
  }
}
