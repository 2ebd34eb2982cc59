import type { SenderOrders } from '../../disk/orders.ts';

/** What one read of a connection brings at most. */
const CHUNK_BYTES = 64 * 1024;

/**
 * The bytes a second that all connections of a worker may send while the disk is short of room. What was read was read:
 * it is a debt, and nobody goes on before it is paid. Datagrams are paid by nobody, they are taken or not.
 */
export class DiskPace {
  private readonly now: () => number;
  private rate: number | undefined;
  private debt = 0;
  private paidAt: number;
  /** Datagrams are taken. */
  datagrams = true;

  /** @param now ms that never go back */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
    this.paidAt = now();
  }

  set({ bytesPerSecond, datagrams }: SenderOrders): void {
    this.pay();
    if (bytesPerSecond === undefined) this.debt = 0;
    this.rate = bytesPerSecond;
    this.datagrams = datagrams;
  }

  spend(bytes: number): void {
    if (this.rate !== undefined) this.debt += bytes;
  }

  /** Connections may be read on. */
  get open(): boolean {
    this.pay();
    return this.rate === undefined || (this.rate > 0 && this.debt === 0);
  }

  /** So many connections that stand still may read a chunk, when this is asked every `ms`. */
  turns(ms: number): number {
    if (!this.open) return 0;
    return this.rate === undefined ? Number.POSITIVE_INFINITY : Math.ceil((this.rate * ms) / 1000 / CHUNK_BYTES);
  }

  private pay(): void {
    const now = this.now();
    this.debt = Math.max(0, this.debt - ((this.rate ?? 0) * (now - this.paidAt)) / 1000);
    this.paidAt = now;
  }
}
