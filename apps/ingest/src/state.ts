import type { Health, PartHealth, PipelineState } from '@logmaster/core/api/health';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
import type { SealerReport } from '@logmaster/pipeline/sealer/sealer-report';
import { sum, type WorkerTotals } from './worker-totals.ts';

export interface StateInput {
  readonly node: string;
  readonly startedAt: string;
  readonly workers: readonly WorkerTotals[];
  readonly restarts: number;
  readonly report: ProcessorReport | undefined;
  readonly sealer: SealerReport | undefined;
}

/** The two identities' numbers of this process's life: seen = journaled + dropped, journaled = indexed + … + pending. */
export function pipelineState({ node, startedAt, workers, restarts, report, sealer }: StateInput): PipelineState {
  const all = { seen: 0, journaled: 0, dropped: {}, unusual: {}, received: {}, kernelDrops: 0 };
  const [done, quarantined] = doneRecords(workers, report);
  for (const { totals } of workers) {
    all.seen += totals.seen;
    all.journaled += totals.journaled;
    all.kernelDrops += totals.kernelDrops;
    all.dropped = sum(all.dropped, totals.dropped);
    all.unusual = sum(all.unusual, totals.unusual);
    all.received = sum(all.received, totals.received);
  }
  const { kernelDrops, ...counted } = all;
  return {
    node,
    ...counted,
    indexed: done - quarantined,
    quarantined,
    pending: all.journaled - done,
    sealed: sealer?.sealed ?? { segments: 0, records: 0, unstamped: 0 },
    lag_seconds: {
      index: report?.lagSeconds.index ?? 0,
      seal: Math.max(report?.lagSeconds.close ?? 0, sealer?.lagSeconds.seal ?? 0),
    },
    connections: workers.reduce((total, { connections }) => total + connections, 0),
    ...udpState(workers, kernelDrops),
    workers: {
      configured: workers.length,
      listening: workers.filter(({ latest }) => latest?.listening).length,
      restarts,
    },
    started_at: startedAt,
  };
}

/** Records that the index is done with, and those of them that it refused. */
function doneRecords(workers: readonly WorkerTotals[], report: ProcessorReport | undefined): [number, number] {
  let done = 0;
  let quarantined = 0;
  for (const worker of workers) {
    const here = worker.done(report?.indexed[worker.stream]);
    let refused = 0;
    for (const [journal, records] of Object.entries(report?.quarantined[worker.stream] ?? {}))
      if (worker.has(Number(journal))) refused += records;
    done += here;
    quarantined += Math.min(refused, here);
  }
  return [done, quarantined];
}

/** The workers share the socket: any of them knows its buffer. */
function udpState(workers: readonly WorkerTotals[], kernelDrops: number): Pick<PipelineState, 'udp'> {
  const udp = workers.find(({ latest }) => latest !== undefined)?.latest?.state.udp;
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
