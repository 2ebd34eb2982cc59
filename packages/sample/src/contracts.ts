import type { Micros } from '@logmaster/core/time';

/** How lines travel: one a datagram (RFC 5426), octet counting (RFC 6587 § 3.4.1) or LF framing (§ 3.4.2). */
export type Wire = 'udp' | 'tcp-octets' | 'tcp-lines';

/** One device that logs. Same seed and same sequence of `now` → the same lines. */
export interface DeviceModel {
  readonly name: string;
  /** Loopback address it sends from, so that each device is a sender of its own. */
  readonly address: string;
  /** What this vendor uses when nobody asks for something else. */
  readonly wire: Wire;
  /** Its part of all records, as a weight. */
  readonly share: number;
  /** The next record, without framing. `now` never goes back. Contains no LF. */
  next(now: Micros): string;
}
