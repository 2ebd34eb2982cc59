import type { StreamPosition } from '@logmaster/pipeline/journal/block';
import { addCounters, type MetricsSnapshot } from '@logmaster/telemetry/metrics';
import type { NodeAccounts } from './accounting/node-accounts.ts';
import { StreamIndex } from './accounting/stream-index.ts';
import type { WorkerReport } from './worker-messages.ts';

type Numbers = Readonly<Record<string, number>>;

/** What is known of the workers of one stream while this main process lives, over all their lives. */
export class WorkerTotals {
  readonly stream: string;
  readonly index = new StreamIndex();
  private readonly accounts: NodeAccounts;
  /** Of lives that are over. */
  private metrics: MetricsSnapshot = [];
  latest: WorkerReport | undefined;
  /**
   * Behind the last accounting block that was heard of: the next life counts again from there, so that a death loses no
   * numbers. Undefined before the first, and after the journal has failed: what the disk kept then was told as lost.
   */
  accountedTo: StreamPosition | undefined;
  /** Kernel drops that have been counted up to there, by socket. */
  countedDrops: Numbers = {};

  constructor(stream: string, accounts: NodeAccounts) {
    this.stream = stream;
    this.accounts = accounts;
  }

  take(report: WorkerReport): void {
    this.latest = report;
    for (const account of report.accounts) {
      this.accounts.add(this.stream, account);
      this.index.account(account.journals, account.at);
      this.accountedTo = account.at;
      if (account.kernelDrops !== undefined) this.countedDrops = account.kernelDrops;
    }
  }

  /** The life is over. */
  end(): void {
    if (this.latest !== undefined) this.metrics = addCounters(this.metrics, this.latest.metrics);
    this.latest = undefined;
  }

  get connections(): number {
    return this.latest?.state.connections ?? 0;
  }

  get snapshots(): readonly MetricsSnapshot[] {
    return this.latest === undefined ? [this.metrics] : [this.metrics, this.latest.metrics];
  }
}
