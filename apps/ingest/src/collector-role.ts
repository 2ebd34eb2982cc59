import type { PartHealth } from '@logmaster/core/api/health';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import type { Collector } from '@logmaster/pipeline/collector/collector';
import { createEvents } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createRegistry, mergedMetrics } from '@logmaster/telemetry/metrics';
import { composeCollector } from './compose.ts';
import { StatusServer } from './http-server.ts';
import type { Settings } from './settings.ts';
import { healthOf, pipelineState, type StateInput } from './state.ts';
import { ProcessorSupervisor } from './supervisor.ts';

export interface MainParts extends Lifecycle {
  /** Resolves when the processor works too, or when waiting for it makes no more sense. */
  settled(): Promise<void>;
}

/** A processor that needs longer recovers from a crash: receiving does not wait for it. */
const PROCESSOR_READY_MS = 15_000;

/** The main process: receives, keeps the processor running, answers for both. */
export function mainParts(settings: Settings, logger: Logger, module: string): MainParts {
  const { values } = settings;
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  const startedAt = new Date().toISOString();
  const collector = composeCollector(settings, events);
  const supervisor =
    values.LOGMASTER_ROLE === 'all'
      ? new ProcessorSupervisor({ module, environment: { LOGMASTER_ROLE: 'processor' }, events })
      : undefined;

  const input = (): StateInput => ({
    node: values.LOGMASTER_NODE,
    startedAt,
    collector: collector.state,
    stream: collector.stream,
    report: supervisor?.latest?.report,
  });
  const status = new StatusServer({
    host: values.LOGMASTER_METRICS_HOST,
    port: values.LOGMASTER_METRICS_PORT,
    health: () => healthOf([...collectorParts(collector), ...processorParts(supervisor)]),
    pipeline: () => pipelineState(input()),
    metrics: async () => {
      const own = await registry.getMetricsAsJSON();
      const theirs = supervisor?.latest?.metrics;
      return mergedMetrics(theirs === undefined ? [own] : [own, theirs]);
    },
  });
  const parts = sequence('ingest', supervisor ? [status, supervisor, collector] : [status, collector]);
  return { ...parts, settled: async () => supervisor?.reported(PROCESSOR_READY_MS) };
}

function collectorParts(collector: Collector): PartHealth[] {
  const reason = collector.journal.failure?.message;
  if (reason !== undefined) {
    return [
      { name: 'collector', state: 'down', reason: 'Nothing is accepted while the journal can not be written' },
      { name: 'journal', state: 'down', reason },
    ];
  }
  return [
    collector.listening
      ? { name: 'collector', state: 'ok' }
      : { name: 'collector', state: 'down', reason: 'The syslog ports are not open' },
    { name: 'journal', state: 'ok' },
  ];
}

function processorParts(supervisor: ProcessorSupervisor | undefined): readonly PartHealth[] {
  if (supervisor === undefined) return [];
  const report = supervisor.latest?.report;
  if (report !== undefined) return report.parts;
  return [{ name: 'processor', state: 'down', reason: 'It is being started again; the journal keeps what arrives' }];
}
