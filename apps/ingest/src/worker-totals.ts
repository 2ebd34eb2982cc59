import { addCounters, type MetricsSnapshot } from '@logmaster/telemetry/metrics';
import type { WorkerReport } from './worker-messages.ts';

type Numbers = Readonly<Record<string, number>>;

/** What the workers of one stream have counted while this main process lives, over all their lives. */
export class WorkerTotals {
  readonly stream: string;
  /** Of lives that are over: as they last reported. */
  private seen = 0;
  private journaled = 0;
  private dropped: Numbers = {};
  private unusual: Numbers = {};
  private received: Numbers = {};
  private kernelDrops = 0;
  private metrics: MetricsSnapshot = [];
  /** Durable records by journal file, those that are wholly indexed left out. */
  private readonly journals = new Map<number, number>();
  private firstJournal: number | undefined;
  private doneRecords = 0;
  latest: WorkerReport | undefined;
  /** Kernel drops that have been counted, by socket. */
  countedDrops: Numbers = {};

  constructor(stream: string) {
    this.stream = stream;
  }

  take(report: WorkerReport): void {
    this.latest = report;
    this.countedDrops = { ...this.countedDrops, ...report.state.udp.counted };
    for (const journal of report.journals.keys()) this.firstJournal ??= journal;
    for (const [journal, records] of report.journals)
      this.journals.set(journal, (this.journals.get(journal) ?? 0) + records);
  }

  /** The life is over. */
  end(): void {
    const { seen, journaled, dropped, unusual, received, kernelDrops } = this.totals;
    if (this.latest !== undefined) this.metrics = addCounters(this.metrics, this.latest.metrics);
    this.latest = undefined;
    this.seen = seen;
    this.journaled = journaled;
    this.dropped = dropped;
    this.unusual = unusual;
    this.received = received;
    this.kernelDrops = kernelDrops;
  }

  get totals() {
    const state = this.latest?.state;
    return {
      seen: this.seen + (state?.seen ?? 0),
      journaled: this.journaled + (state?.journaled ?? 0),
      dropped: sum(this.dropped, state?.dropped),
      unusual: sum(this.unusual, state?.unusual),
      received: sum(this.received, state?.received),
      kernelDrops: this.kernelDrops + (state?.udp.kernelDrops ?? 0),
    };
  }

  get connections(): number {
    return this.latest?.state.connections ?? 0;
  }

  get snapshots(): readonly MetricsSnapshot[] {
    return this.latest === undefined ? [this.metrics] : [this.metrics, this.latest.metrics];
  }

  /** Was this journal file written while this main process lives? */
  has(journal: number): boolean {
    return this.firstJournal !== undefined && journal >= this.firstJournal;
  }

  /** Records of these lives before the index's position: indexed or quarantined. It never goes back. */
  done(at: { journal: number; sequence: number } | undefined): number {
    if (at === undefined) return this.doneRecords;
    for (const [journal, records] of this.journals) {
      if (journal >= at.journal) continue;
      this.doneRecords += records;
      this.journals.delete(journal);
    }
    // The index may be ahead of the acknowledgement: it reads what is written, acknowledged is what is durable.
    return this.doneRecords + Math.min(this.journals.get(at.journal) ?? 0, at.sequence);
  }
}

export function sum(a: Numbers, b: Numbers = {}): Numbers {
  const result: Record<string, number> = { ...a };
  for (const [name, value] of Object.entries(b)) result[name] = (result[name] ?? 0) + value;
  return result;
}
