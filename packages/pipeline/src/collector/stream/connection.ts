import type { Socket } from 'node:net';
import type { JournalSource } from '../../journal/decode.ts';
import type { Peer, Session } from '../sessions/session.ts';

/** Why a connection is not read at the moment. */
export const PAUSE = {
  /** The journal is behind. */
  full: 1,
  /** The journal is behind, and this sender has more than its share of what waits. */
  share: 2,
  /** The sender is over its rate. */
  rate: 4,
  /** What was read is still being worked on. */
  work: 8,
  /** The sender does not read what we answer. */
  unread: 16,
  /** The connection is being closed by us. */
  closing: 32,
  /** The disk is short of room. */
  disk: 64,
} as const;
export type PauseReason = (typeof PAUSE)[keyof typeof PAUSE];

/** Answers that may wait for a sender to read them. */
const UNREAD_LIMIT_BYTES = 64 * 1024;
/** A sender that does not take our closing words is cut off. */
const CLOSE_MS = 2000;

/** One accepted connection: its socket, its session, and the reasons for which it stands still. */
export class Connection implements Peer {
  readonly socket: Socket;
  readonly source: JournalSource;
  readonly openedAt = performance.now();
  session: Session | undefined;
  /** Bytes have come since `openedAt`. */
  spoke = false;
  /** When bytes came last, and when a record or frame was last complete. */
  lastByteAt = this.openedAt;
  lastWholeAt = this.openedAt;
  /** Ends its standing still for its rate. */
  waiting: NodeJS.Timeout | undefined;
  /** The sender has ended its side. */
  ended = false;
  private reasons = 0;

  private readonly onRefused: (reason: string) => void;

  constructor(socket: Socket, source: JournalSource, onRefused: (reason: string) => void) {
    this.socket = socket;
    this.source = source;
    this.onRefused = onRefused;
    socket.on('drain', () => this.resume(PAUSE.unread));
  }

  get closing(): boolean {
    return (this.reasons & PAUSE.closing) !== 0;
  }

  /** Nothing of what was read is still being worked on, and nothing waits for its acknowledgement. */
  get settled(): boolean {
    return (this.reasons & PAUSE.work) === 0 && (this.session?.unsettled ?? 0) === 0;
  }

  get reading(): boolean {
    return this.reasons === 0;
  }

  /** We don't read it because we can't take more: it is not to blame for its silence. */
  get held(): boolean {
    return (this.reasons & (PAUSE.full | PAUSE.share | PAUSE.rate | PAUSE.disk)) !== 0;
  }

  pause(reason: PauseReason): void {
    this.reasons |= reason;
    this.socket.pause();
  }

  resume(reason: PauseReason): void {
    if ((this.reasons & reason) === 0) return;
    this.reasons &= ~reason;
    if (this.reasons === 0) this.socket.resume();
  }

  write(bytes: Uint8Array): void {
    if (this.socket.writable && !this.socket.write(bytes) && this.socket.writableLength > UNREAD_LIMIT_BYTES)
      this.pause(PAUSE.unread);
  }

  refused(reason: string): void {
    this.onRefused(reason);
  }

  close(): void {
    if (this.closing) return;
    this.pause(PAUSE.closing);
    const { socket } = this;
    const deadline = setTimeout(() => socket.destroy(), CLOSE_MS);
    socket.once('close', () => clearTimeout(deadline));
    // Input that nobody reads makes the kernel answer with a reset, which may overtake our last words: what still comes
    // is read and thrown away until the sender has ended, too.
    socket.removeAllListeners('data');
    socket.end();
    socket.resume();
  }
}
