import type { Backlog } from '@logmaster/core/api/accounting';
import type { PartHealth, PipelineState } from '@logmaster/core/api/health';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
import type { SealerReport } from '@logmaster/pipeline/sealer/sealer-report';
import type { Events } from '@logmaster/telemetry/events';
import { pipelineState, type StateInput } from '../state.ts';
import type { WorkerTotals } from '../worker-totals.ts';
import { Flow } from './flow.ts';
import { checkIdentities } from './identities.ts';
import { IdentityWatch } from './identity-watch.ts';
import type { NodeAccounts } from './node-accounts.ts';
import type { StreamCounts } from './stream-index.ts';

export interface AccountingOptions extends Pick<StateInput, 'node' | 'startedAt' | 'ports'> {
  readonly accounts: NodeAccounts;
  readonly workers: readonly WorkerTotals[];
  readonly restarts: () => number;
  /** Undefined while no processor answers. */
  readonly report: () => ProcessorReport | undefined;
  readonly sealer: () => SealerReport | undefined;
  readonly events: Events;
}

const LOOK_MS = 1000;

/** Puts the numbers of workers and processor together, and sees all the time whether they add up. */
export class Accounting implements Lifecycle {
  readonly name = 'accounting';
  private readonly options: AccountingOptions;
  private readonly watch: IdentityWatch;
  private readonly flow = new Flow();
  private timer: NodeJS.Timeout | undefined;
  /** The processor's last words, and when they were said. */
  private heard: { readonly report: ProcessorReport; readonly at: number } | undefined;

  constructor(options: AccountingOptions) {
    this.options = options;
    this.watch = new IdentityWatch(options.events);
  }

  async start(): Promise<void> {
    this.timer = setInterval(() => {
      const { journaled, done } = this.look();
      this.options.accounts.sources.tick();
      this.flow.sample({ at: performance.now(), journaled, done });
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
  }

  get part(): PartHealth {
    return this.watch.part;
  }

  get differences(): IdentityWatch['differences'] {
    return this.watch.differences;
  }

  get state(): PipelineState {
    const { accounts } = this.options;
    const { pending, pendingBytes } = this.look();
    const backlog: Backlog = {
      records: pending,
      bytes: pendingBytes,
      oldest_seconds: pending === 0 ? 0 : this.oldestSeconds(),
      ...this.flow.rates(pending),
    };
    return pipelineState({
      ...this.options,
      restarts: this.options.restarts(),
      report: this.options.report() ?? this.heard?.report,
      sealer: this.options.sealer(),
      accounts: {
        total: accounts.total,
        sources: accounts.sources.list(),
        sockets: accounts.sockets,
        unusual: accounts.unusual,
      },
      backlog,
      identities: this.watch.state,
    });
  }

  /** Takes what the processor last said and checks every identity. */
  private look(): StreamCounts {
    const { accounts, workers } = this.options;
    const report = this.options.report();
    if (report !== undefined && report !== this.heard?.report) this.heard = { report, at: performance.now() };
    const streams = new Map<string, StreamCounts>();
    for (const { stream, index } of workers) {
      index.report(report?.indexed[stream]);
      streams.set(stream, index.counts);
    }
    this.watch.see(
      checkIdentities({
        node: accounts.total,
        sources: accounts.sources.tallies(),
        sockets: accounts.sockets,
        streams,
        audits: this.heard?.report.audits ?? {},
      }),
    );
    const sum = { journaled: 0, done: 0, pending: 0, pendingBytes: 0 };
    for (const counts of streams.values()) {
      sum.journaled += counts.journaled;
      sum.done += counts.done;
      sum.pending += counts.pending;
      sum.pendingBytes += counts.pendingBytes;
    }
    return sum;
  }

  /** A processor that says nothing any more grows older with what it left. */
  private oldestSeconds(): number {
    if (this.heard === undefined) return 0;
    const { report, at } = this.heard;
    const silent = this.options.report() === undefined ? (performance.now() - at) / 1000 : 0;
    return Math.round((report.lagSeconds.index + silent) * 10) / 10;
  }
}
