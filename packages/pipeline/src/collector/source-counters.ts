import type { Accounting } from '../journal/accounting.ts';

/** Senders told apart between two accounting blocks; a flood of forged addresses lands in one entry. */
const MAX_SOURCES = 10_000;
/** Address under which senders beyond the bound are counted. */
export const OTHER_SOURCES = 'other';
/** Address under which is counted what the kernel dropped: nobody knows whose it was. */
export const UNKNOWN_SOURCE = 'unknown';

interface Deltas {
  seen: number;
  journaled: number;
  dropped: Record<string, number>;
}

/** What a collector has counted: totals of this process, and per source since the last accounting block. */
export class SourceCounters {
  seen = 0;
  readonly dropped: Record<string, number> = {};
  readonly unusual: Record<string, number> = {};
  private sources = new Map<string, Deltas>();
  private unusualDeltas: Record<string, number> = {};

  journaled(address: string): void {
    const source = this.source(address);
    this.seen += 1;
    source.seen += 1;
    source.journaled += 1;
  }

  drop(address: string, reason: string, records = 1): void {
    const source = this.source(address);
    this.seen += records;
    source.seen += records;
    source.dropped[reason] = (source.dropped[reason] ?? 0) + records;
    this.dropped[reason] = (this.dropped[reason] ?? 0) + records;
  }

  /** Records that were counted as journaled and then could not be written. */
  lose(reason: string, records: number): void {
    if (records > 0) this.dropped[reason] = (this.dropped[reason] ?? 0) + records;
  }

  note(name: string): void {
    this.unusual[name] = (this.unusual[name] ?? 0) + 1;
    this.unusualDeltas[name] = (this.unusualDeltas[name] ?? 0) + 1;
  }

  /** Deltas since the last call. */
  take(): Omit<Accounting, 'clock_steps'> {
    const result = { sources: Object.fromEntries(this.sources), unusual: this.unusualDeltas };
    this.sources = new Map();
    this.unusualDeltas = {};
    return result;
  }

  private source(address: string): Deltas {
    const known = this.sources.get(address);
    if (known !== undefined) return known;
    if (this.sources.size >= MAX_SOURCES && address !== OTHER_SOURCES) return this.source(OTHER_SOURCES);
    const deltas = { seen: 0, journaled: 0, dropped: {} };
    this.sources.set(address, deltas);
    return deltas;
  }
}
