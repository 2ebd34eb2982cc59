import type { Backlog, Identities, SocketState, SourceState } from '@logmaster/core/api/accounting';
import type { Health, PartHealth, PipelineState } from '@logmaster/core/api/health';
import type { Transport } from '@logmaster/core/record';
import type { SocketName } from '@logmaster/pipeline/collector/collector-options';
import type { Tally } from '@logmaster/pipeline/journal/accounting';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
import type { SealerReport } from '@logmaster/pipeline/sealer/sealer-report';
import type { WorkerTotals } from './worker-totals.ts';

export interface StateInput {
  readonly node: string;
  readonly startedAt: string;
  readonly workers: readonly WorkerTotals[];
  readonly restarts: number;
  readonly report: ProcessorReport | undefined;
  readonly sealer: SealerReport | undefined;
  readonly ports: ReadonlyMap<SocketName, { readonly port: number }>;
  readonly accounts: {
    readonly total: Tally;
    readonly sources: readonly SourceState[];
    /** By transport. */
    readonly sockets: Readonly<Record<string, Tally>>;
    readonly unusual: Readonly<Record<string, number>>;
  };
  readonly backlog: Backlog;
  readonly identities: Identities;
}

/** Whoever asks what goes on in ingest gets this: everything in it is of one moment. */
export function pipelineState(input: StateInput): PipelineState {
  const { node, startedAt, workers, restarts, report, sealer, accounts, backlog, identities } = input;
  const { seen, journaled, dropped } = accounts.total;
  const { done, quarantined } = doneRecords(workers, report);
  const sockets = socketStates(input);
  const udp = sockets.find(({ transport }) => transport === 'udp');
  return {
    node,
    seen,
    journaled,
    dropped,
    unusual: accounts.unusual,
    indexed: done - quarantined,
    quarantined,
    pending: backlog.records,
    sealed: sealer?.sealed ?? { segments: 0, records: 0, unstamped: 0 },
    lag_seconds: {
      index: report?.lagSeconds.index ?? 0,
      seal: Math.max(report?.lagSeconds.close ?? 0, sealer?.lagSeconds.seal ?? 0),
    },
    connections: workers.reduce((total, { connections }) => total + connections, 0),
    received: Object.fromEntries(
      sockets.filter((each) => each.journaled > 0).map((each) => [each.transport, each.journaled]),
    ),
    ...udpState(workers, udp?.kernel_drops ?? 0),
    sources: [...accounts.sources],
    sockets,
    backlog,
    identities,
    workers: {
      configured: workers.length,
      listening: workers.filter(({ latest }) => latest?.listening).length,
      restarts,
    },
    started_at: startedAt,
  };
}

/** Records that the index is done with, and those of them that it refused. */
function doneRecords(
  workers: readonly WorkerTotals[],
  report: ProcessorReport | undefined,
): { done: number; quarantined: number } {
  const all = { done: 0, quarantined: 0 };
  for (const { stream, index } of workers) {
    const { done } = index.counts;
    let refused = 0;
    for (const [journal, records] of Object.entries(report?.quarantined[stream] ?? {}))
      if (index.first !== undefined && Number(journal) >= index.first) refused += records;
    all.done += done;
    all.quarantined += Math.min(refused, done);
  }
  return all;
}

const TRANSPORT_OF: Readonly<Record<SocketName, Transport>> = {
  syslogUdp: 'udp',
  syslogTcp: 'tcp',
  syslogTls: 'tls',
  relp: 'relp',
  beats: 'beats',
  radius: 'radius',
  identity: 'internal',
};

/** The kernel's word for a receive buffer that is full, as the collector counts it. */
const KERNEL_DROPS = 'kernel-buffer-full';

function socketStates({ ports, accounts, workers }: StateInput): SocketState[] {
  return [...ports].map(([name, { port }]) => {
    const transport = TRANSPORT_OF[name];
    const tally = accounts.sockets[transport] ?? { seen: 0, journaled: 0, dropped: {} };
    const datagrams = transport === 'udp' || transport === 'radius';
    const open = workers.reduce((sum, { latest }) => sum + (latest?.state.connectionsBy[transport] ?? 0), 0);
    return {
      transport,
      port,
      ...structuredClone(tally),
      connections: datagrams ? null : open,
      buffer_bytes: datagrams ? (udpOf(workers)?.grantedBytes ?? 0) : null,
      kernel_drops: datagrams ? (tally.dropped[KERNEL_DROPS] ?? 0) : null,
    };
  });
}

/** The workers share the socket: any of them knows its buffer. */
function udpOf(workers: readonly WorkerTotals[]) {
  return workers.find(({ latest }) => latest !== undefined)?.latest?.state.udp;
}

function udpState(workers: readonly WorkerTotals[], kernelDrops: number): Pick<PipelineState, 'udp'> {
  const udp = udpOf(workers);
  if (udp === undefined) return {};
  return { udp: { asked_bytes: udp.askedBytes, granted_bytes: udp.grantedBytes, kernel_drops: kernelDrops } };
}

const WORST = ['ok', 'degraded', 'down'] as const;

export function healthOf(parts: readonly PartHealth[]): Health {
  const worst = Math.max(0, ...parts.map((part) => WORST.indexOf(part.state)));
  return { state: WORST[worst] ?? 'down', parts: [...parts] };
}

/** May senders be sent here? Of no interest to them: whether index, archive or time-stamps are behind. */
export function isReady(parts: readonly PartHealth[]): boolean {
  return parts.every(({ name, state }) => !['collector', 'journal'].includes(name) || state !== 'down');
}
