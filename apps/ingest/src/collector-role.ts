import { availableParallelism } from 'node:os';
import type { DiskState } from '@logmaster/core/api/disk';
import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import { createEvents } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createCounter, createRegistry, mergedMetrics } from '@logmaster/telemetry/metrics';
import { Accounting } from './accounting/accounting.ts';
import { NodeAccounts } from './accounting/node-accounts.ts';
import { pipelineMetrics } from './accounting/pipeline-metrics.ts';
import { composeDiskGuard } from './compose-disk.ts';
import { diskHealth } from './disk-health.ts';
import { diskMetrics } from './disk-metrics.ts';
import { StatusServer } from './http-server.ts';
import { portRequests } from './port-requests.ts';
import type { Settings } from './settings.ts';
import { healthOf, isReady } from './state.ts';
import { ProcessorSupervisor } from './supervisor.ts';
import { WorkerPool } from './worker-pool.ts';

export interface MainParts extends Lifecycle {
  /** Resolves when the processor works too, or when waiting for it makes no more sense. */
  settled(): Promise<void>;
  /** Certificate files are read again; connections stay. */
  reload(): void;
  /** Receiving processes are replaced one after the other; no connection is refused. */
  roll(): Promise<void>;
}

/** A processor that needs longer recovers from a crash: receiving does not wait for it. */
const PROCESSOR_READY_MS = 15_000;

/** One worker takes more than a processor on the same cores can work off: more are for machines with cores to spare. */
function defaultWorkers(): number {
  return Math.max(1, Math.floor(availableParallelism() / 4));
}

/** The main process: holds the ports, keeps workers and processor running, answers for all of them. */
export function mainParts(settings: Settings, logger: Logger, module: string): MainParts {
  const { values } = settings;
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  const startedAt = new Date().toISOString();
  const ports = portRequests(settings);
  const accounts = new NodeAccounts(events);
  const pool = new WorkerPool({
    node: values.LOGMASTER_NODE,
    count: values.LOGMASTER_WORKERS ?? defaultWorkers(),
    module,
    ports,
    accounts,
    events,
  });
  const supervisor =
    values.LOGMASTER_ROLE === 'all'
      ? new ProcessorSupervisor({ module, environment: { LOGMASTER_ROLE: 'processor' }, events })
      : undefined;
  const accounting = new Accounting({
    node: values.LOGMASTER_NODE,
    startedAt,
    ports,
    accounts,
    workers: pool.totals,
    restarts: () => pool.restarts,
    report: () => supervisor?.latest?.report,
    events,
  });
  const measure = pipelineMetrics(registry);
  const restarts = createCounter(registry, 'logmaster_worker_restarts_total', 'Receiving processes started again', []);
  const guard = composeDiskGuard(settings, {
    events,
    refused: () => pool.full,
    onOrders: ({ senders, index }) => {
      pool.slow(senders);
      supervisor?.tell({ type: 'disk', orders: index });
    },
  });
  const diskState = (): DiskState => {
    const shed = supervisor?.latest?.shed;
    return { ...guard.state, ...(shed === undefined ? {} : { shed }) };
  };
  const disks = diskMetrics(registry);
  const status = new StatusServer({
    host: values.LOGMASTER_METRICS_HOST,
    port: values.LOGMASTER_METRICS_PORT,
    health: () => healthOf([...pool.parts, accounting.part, diskHealth(diskState()), ...processorParts(supervisor)]),
    ready: () => isReady(pool.parts),
    pipeline: () => ({ ...accounting.state, disk: diskState() }),
    metrics: async () => {
      measure(accounting.state, accounting.differences);
      restarts.set({}, pool.restarts);
      disks.observe(diskState());
      const theirs = supervisor?.latest?.metrics;
      return mergedMetrics([
        await registry.getMetricsAsJSON(),
        ...pool.totals.flatMap(({ snapshots }) => snapshots),
        ...(theirs === undefined ? [] : [theirs]),
      ]);
    },
  });
  const own = [status, guard, accounting];
  const parts = sequence('ingest', supervisor ? [...own, supervisor, pool] : [...own, pool]);
  return {
    ...parts,
    settled: async () => supervisor?.reported(PROCESSOR_READY_MS),
    reload: () => pool.reload(),
    roll: () => pool.roll(),
  };
}

function processorParts(supervisor: ProcessorSupervisor | undefined): readonly PartHealth[] {
  if (supervisor === undefined) return [];
  const report = supervisor.latest?.report;
  if (report !== undefined) return report.parts;
  return [{ name: 'processor', state: 'down', ...becauseOf('PROCESSOR_STARTING') }];
}
