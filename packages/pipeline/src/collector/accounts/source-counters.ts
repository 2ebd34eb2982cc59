import type { Accounting, Tally } from '../../journal/accounting.ts';
import type { SourceRecords } from '../../journal/block-builder.ts';
import type { JournalSource } from '../../journal/decode.ts';

/** Senders told apart between two accounting blocks; a flood of forged addresses lands in one entry. */
const MAX_SOURCES = 10_000;
/** Address under which senders beyond the bound are counted. */
export const OTHER_SOURCES = 'other';
/** Address under which is counted what the kernel dropped: nobody knows whose it was. */
export const UNKNOWN_SOURCE = 'unknown';

/** Who sent it, and the socket it came to. */
export type Sender = Pick<JournalSource, 'address' | 'transport'>;

/** What a collector has counted: totals of this process, and per source and socket since the last accounting block. */
export class SourceCounters {
  seen = 0;
  readonly dropped: Record<string, number> = {};
  readonly unusual: Record<string, number> = {};
  private sources = new Map<string, Tally>();
  private sockets: NonNullable<Accounting['sockets']> = {};
  private unusualDeltas: Record<string, number> = {};
  private latest: { readonly sender: Sender; readonly source: Tally; readonly socket: Tally } | undefined;

  journaled(sender: Sender): void {
    this.seen += 1;
    this.add(sender, 1);
  }

  drop(sender: Sender, reason: string, records = 1): void {
    this.seen += records;
    this.dropped[reason] = (this.dropped[reason] ?? 0) + records;
    for (const tally of [this.source(sender.address), this.socket(sender.transport)]) {
      tally.seen += records;
      tally.dropped[reason] = (tally.dropped[reason] ?? 0) + records;
    }
  }

  /** Records that were counted as journaled and then could not be written. */
  lose(reason: string, records: number): void {
    if (records > 0) this.dropped[reason] = (this.dropped[reason] ?? 0) + records;
  }

  /** Records that an earlier process of this stream made durable and died before it could account for them. */
  inherit(records: readonly SourceRecords[]): void {
    for (const { source, records: many } of records) this.add(source, many);
  }

  note(name: string): void {
    this.unusual[name] = (this.unusual[name] ?? 0) + 1;
    this.unusualDeltas[name] = (this.unusualDeltas[name] ?? 0) + 1;
  }

  /** Deltas since the last call. */
  take(): Pick<Accounting, 'sources' | 'sockets' | 'unusual'> {
    const result = {
      sources: Object.fromEntries(this.sources),
      sockets: this.sockets,
      unusual: this.unusualDeltas,
    };
    this.sources = new Map();
    this.sockets = {};
    this.latest = undefined;
    this.unusualDeltas = {};
    return result;
  }

  private add(sender: Sender, records: number): void {
    // Records come in runs of one sender.
    if (this.latest?.sender !== sender)
      this.latest = { sender, source: this.source(sender.address), socket: this.socket(sender.transport) };
    const { source, socket } = this.latest;
    source.seen += records;
    source.journaled += records;
    socket.seen += records;
    socket.journaled += records;
  }

  private source(address: string): Tally {
    const known = this.sources.get(address);
    if (known !== undefined) return known;
    if (this.sources.size >= MAX_SOURCES && address !== OTHER_SOURCES) return this.source(OTHER_SOURCES);
    const tally = { seen: 0, journaled: 0, dropped: {} };
    this.sources.set(address, tally);
    return tally;
  }

  private socket(transport: Sender['transport']): Tally {
    this.sockets[transport] ??= { seen: 0, journaled: 0, dropped: {} };
    return this.sockets[transport];
  }
}
