import type { Connection } from './connection.ts';

export interface StreamTimeouts {
  /** From the connection's beginning to its first byte. */
  readonly firstByteMs: number;
  /** Without any byte. */
  readonly idleMs: number;
  /** Without a whole record while one has begun: a sender that drips its bytes holds memory for nothing. */
  readonly stallMs: number;
}

type Expiry = 'first_byte_timeout' | 'idle_timeout' | 'stalled';

/** Which of its times a connection has let pass by `now`, a moment of `performance.now`. */
export function expiryOf(connection: Connection, timeouts: StreamTimeouts, now: number): Expiry | undefined {
  if (connection.closing || connection.held) return undefined;
  if (!connection.spoke) return now - connection.openedAt > timeouts.firstByteMs ? 'first_byte_timeout' : undefined;
  if (connection.session?.unfinished && now - connection.lastWholeAt > timeouts.stallMs)
    // A connection that we don't read is not to blame for its record's end being late.
    return connection.reading ? 'stalled' : undefined;
  return now - connection.lastByteAt > timeouts.idleMs && connection.settled ? 'idle_timeout' : undefined;
}
