import type { Health, PartHealth, PipelineState } from '@logmaster/core/api/health';
import type { CollectorState } from '@logmaster/pipeline/collector/collector';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';

export interface StateInput {
  readonly node: string;
  readonly startedAt: string;
  readonly collector: CollectorState | undefined;
  readonly stream: string | undefined;
  readonly report: ProcessorReport | undefined;
}

/** Records of this process's journals before the index's position: indexed or quarantined. */
function doneRecords(collector: CollectorState, at: { journal: number; sequence: number } | undefined): number {
  let done = 0;
  for (const [journal, records] of collector.journals) {
    if (at === undefined || journal > at.journal) continue;
    // The index may be ahead of the acknowledgement: it reads what is written, acknowledged is what is durable.
    done += journal < at.journal ? records : Math.min(records, at.sequence);
  }
  return done;
}

/** The two identities' numbers of this process's life: seen = journaled + dropped, journaled = indexed + … + pending. */
export function pipelineState(input: StateInput): PipelineState {
  const { collector, report, stream } = input;
  const journaled = collector?.journaled ?? 0;
  const done = collector && stream ? doneRecords(collector, report?.indexed[stream]) : 0;
  let quarantined = 0;
  for (const [journal, records] of Object.entries(report?.quarantined[stream ?? ''] ?? {})) {
    if (collector?.journals.has(Number(journal))) quarantined += records;
  }
  quarantined = Math.min(quarantined, done);
  return {
    node: input.node,
    seen: collector?.seen ?? 0,
    journaled,
    dropped: { ...collector?.dropped },
    indexed: done - quarantined,
    quarantined,
    pending: journaled - done,
    unusual: { ...collector?.unusual },
    sealed: report?.sealed ?? { segments: 0, records: 0, unstamped: 0 },
    lag_seconds: report?.lagSeconds ?? { index: 0, seal: 0 },
    connections: collector?.connections ?? 0,
    started_at: input.startedAt,
  };
}

const WORST = ['ok', 'degraded', 'down'] as const;

export function healthOf(parts: readonly PartHealth[]): Health {
  const worst = Math.max(0, ...parts.map((part) => WORST.indexOf(part.state)));
  return { state: WORST[worst] ?? 'down', parts: [...parts] };
}
