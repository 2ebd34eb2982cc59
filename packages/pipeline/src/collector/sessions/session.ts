import type { JournalSource } from '../../journal/decode.ts';

/** What a session may do with its connection. */
export interface Peer {
  readonly source: JournalSource;
  write(bytes: Uint8Array): void;
  /** What arrived is not of the protocol; `reason` is for the log. */
  refused(reason: string): void;
  /** Sends what was written, then ends the connection. Nothing more of it is read. */
  close(): void;
}

/** One connection's protocol: turns bytes into records, and answers where the protocol has answers. */
export interface Session {
  /** While the promise is open, nothing more of the connection is read. */
  push(chunk: Buffer): undefined | Promise<undefined>;
  /** After each commit, and now and then while nothing is committed. */
  settle?(): void;
  /** Records that were taken and not yet acknowledged: a sender that has said its last word waits for these. */
  readonly unsettled?: number;
  /** A record or frame has begun and its end has not come. */
  readonly unfinished: boolean;
  /** The collector stops: everything taken is durable. */
  farewell?(): void;
  /** The connection is gone; called once. */
  end(): void;
}
