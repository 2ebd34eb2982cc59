import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import type { FramingFlags } from '@logmaster/parsers/framing/record-sink';
import { type Fault, noFault } from '../fault.ts';
import type { JournalSource } from '../journal/decode.ts';
import { FLAG_INCOMPLETE, FLAG_TRUNCATED } from '../journal/flags.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { SourceCounters } from './accounts/source-counters.ts';
import { DiskPace } from './limits/disk-pace.ts';
import { FairShare } from './limits/fair-share.ts';
import { SourceRate } from './limits/source-rate.ts';

/** What a receiver uses of the journal. */
type JournalTail = Pick<
  JournalWriter,
  'append' | 'pendingBytes' | 'failure' | 'commit' | 'hasten' | 'appendedRecords' | 'committedRecords'
>;

const PENDING_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Longest wait for more before a commit that somebody waits for: enough that the records of many connections share one
 * fdatasync, short against the window of a sender.
 */
const ACKNOWLEDGED_COMMIT_MS = 5;

/** Why records are lost that can't be written. */
export const JOURNAL_FAILED = 'journal-failed';

const FLAG_BITS: Record<FramingFlags, number> = {
  '': 0,
  i: FLAG_INCOMPLETE,
  t: FLAG_TRUNCATED,
  it: FLAG_INCOMPLETE | FLAG_TRUNCATED,
};

/**
 * Above the limit there is room for datagrams alone: a connection that storms is slowed before it makes them lost.
 */
const DATAGRAM_ROOM = 1.5;

export interface ReceiverOptions {
  /** Bytes that may wait for the disk. Beyond, senders over connections are slowed. */
  readonly pendingLimitBytes?: number | undefined;
  /** Records a second and source address. */
  readonly sourceRate?: number | undefined;
  readonly fault?: Fault;
}

/** What a socket needs of the collector: take a record, say whether there is room. */
export class Receiver {
  readonly counters: SourceCounters;
  private readonly journal: JournalTail;
  private readonly limit: number;
  private readonly fault: Fault;
  private readonly shares: FairShare;
  private readonly rate: SourceRate | undefined;
  /** What all connections together may send while the disk is short of room. */
  readonly pace = new DiskPace();

  constructor(journal: JournalTail, counters: SourceCounters, options: ReceiverOptions = {}) {
    this.journal = journal;
    this.counters = counters;
    this.fault = options.fault ?? noFault;
    this.limit = options.pendingLimitBytes ?? PENDING_LIMIT_BYTES;
    this.shares = new FairShare(this.limit);
    this.rate = options.sourceRate === undefined ? undefined : new SourceRate(options.sourceRate);
  }

  readonly framing = {
    maxRecordBytes: MAX_RECORD_BYTES,
    onCounter: (name: string) => this.counters.note(name),
  };

  /** Connections stand still. */
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

  /** Room is short, and this source has more than its share of it. */
  overShare(address: string): boolean {
    return this.shares.over(address, this.journal.pendingBytes);
  }

  /** ms that a connection of this source has to stand still to keep to its rate. */
  waitMs(address: string): number {
    return this.rate?.waitMs(address) ?? 0;
  }

  take(source: JournalSource, raw: Uint8Array, flags: FramingFlags): void {
    const { address, transport } = source;
    if (!this.journal.append(source, raw, FLAG_BITS[flags])) {
      this.counters.drop(source, JOURNAL_FAILED);
      return;
    }
    this.counters.journaled(source);
    this.shares.add(address, raw.length);
    if (transport !== 'udp') {
      this.rate?.spend(address, 1);
      this.pace.spend(raw.length);
    }
    this.fault('record-taken');
  }

  /** A datagram can't be slowed: it is taken, or dropped for the reason that is given. */
  takeDatagram(source: JournalSource, raw: Uint8Array, flags: FramingFlags): void {
    const reason = this.refusal(source.address);
    if (reason === undefined) this.take(source, raw, flags);
    else this.counters.drop(source, reason);
  }

  /** After a commit of so many bytes. */
  committed(bytes: number): void {
    this.shares.committed(bytes, this.journal.pendingBytes);
  }

  private refusal(address: string): string | undefined {
    if (this.failed) return JOURNAL_FAILED;
    if (!this.pace.datagrams) return 'disk-full';
    if (this.rate !== undefined && !this.rate.allow(address)) return 'rate-limit';
    const pending = this.journal.pendingBytes;
    return pending > this.limit * DATAGRAM_ROOM || (pending > this.limit && this.overShare(address))
      ? 'backpressure'
      : undefined;
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
