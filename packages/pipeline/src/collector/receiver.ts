import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import type { FramingFlags } from '@logmaster/parsers/framing/record-sink';
import type { JournalSource } from '../journal/decode.ts';
import { FLAG_INCOMPLETE, FLAG_TRUNCATED } from '../journal/flags.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { SourceCounters } from './source-counters.ts';

/** What a receiver uses of the journal. */
type JournalTail = Pick<
  JournalWriter,
  'append' | 'pendingBytes' | 'failure' | 'commit' | 'hasten' | 'appendedRecords' | 'committedRecords'
>;

/** Bytes that may wait for the disk. Beyond, TCP senders are slowed and datagrams dropped. */
export const PENDING_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Longest wait for more before a commit that somebody waits for: enough that the records of many connections share one
 * fdatasync, short against the window of a sender.
 */
const ACKNOWLEDGED_COMMIT_MS = 5;

const FLAG_BITS: Record<FramingFlags, number> = {
  '': 0,
  i: FLAG_INCOMPLETE,
  t: FLAG_TRUNCATED,
  it: FLAG_INCOMPLETE | FLAG_TRUNCATED,
};

/** What a socket needs of the collector: take a record, say whether there is room. */
export class Receiver {
  readonly counters: SourceCounters;
  private readonly journal: JournalTail;
  private readonly limit: number;

  constructor(journal: JournalTail, counters: SourceCounters, limit = PENDING_LIMIT_BYTES) {
    this.journal = journal;
    this.counters = counters;
    this.limit = limit;
  }

  readonly framing = {
    maxRecordBytes: MAX_RECORD_BYTES,
    onCounter: (name: string) => this.counters.note(name),
  };

  get full(): boolean {
    return this.journal.pendingBytes > this.limit;
  }

  /** Room again: well below the limit, so that sockets are not paused and resumed for each chunk. */
  get drained(): boolean {
    return this.journal.pendingBytes <= this.limit / 2;
  }

  get failed(): boolean {
    return this.journal.failure !== undefined;
  }

  take(source: JournalSource, raw: Uint8Array, flags: FramingFlags): void {
    if (this.journal.append(source, raw, FLAG_BITS[flags])) this.counters.journaled(source.address);
    else this.counters.drop(source.address, 'journal-failed');
  }

  refuse(source: JournalSource): void {
    this.counters.drop(source.address, this.failed ? 'journal-failed' : 'backpressure');
  }

  /** Records given to the journal so far; the number of the newest. */
  get taken(): number {
    return this.journal.appendedRecords;
  }

  /** Records up to this number are durable: acknowledgements may say so. */
  get durable(): number {
    return this.journal.failure === undefined ? this.journal.committedRecords : 0;
  }

  /** A sender waits for its acknowledgement. */
  hasten(): void {
    this.journal.hasten(ACKNOWLEDGED_COMMIT_MS);
  }

  /** Resolves when all that was taken is durable, or can't be any more. */
  async commit(): Promise<void> {
    if (!this.failed) await this.journal.commit().catch(() => undefined);
  }
}
