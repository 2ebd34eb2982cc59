import type { Lifecycle } from '@logmaster/core/lifecycle';

export interface SenderCounts {
  /** Lines given to the operating system or to its send queue. */
  handed: number;
  /** Lines that were queued when a connection ended: they may or may not have arrived. */
  uncertain: number;
  /** Datagrams the kernel refused (nobody listens, no buffer). */
  refused: number;
  reconnects: number;
}

export interface LineSender extends Lifecycle {
  /** False while the receiver or the kernel holds it back, or while it is not connected. */
  readonly ready: boolean;
  readonly counts: Readonly<SenderCounts>;
  /** Takes one line (no framing). Only while `ready`. */
  send(line: string): void;
  /** Writes out what `send` collected. */
  flush(): void;
}

export interface SenderTarget {
  readonly host: string;
  readonly port: number;
  /** Local address to send from; undefined leaves it to the system. */
  readonly from: string | undefined;
}

/** A loopback source address reaches only loopback targets: for others the system chooses. */
export function localAddressFor(host: string, wanted: string): string | undefined {
  return host === 'localhost' || host.startsWith('127.') ? wanted : undefined;
}
