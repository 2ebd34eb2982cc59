import { availableParallelism } from 'node:os';
import type { DiskState } from '@logmaster/core/api/disk';
import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import { ERRORS } from '@logmaster/core/errors';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import { createEvents } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createCounter, createGauge, createRegistry, mergedMetrics } from '@logmaster/telemetry/metrics';
import { Accounting } from './accounting/accounting.ts';
import { NodeAccounts } from './accounting/node-accounts.ts';
import { pipelineMetrics } from './accounting/pipeline-metrics.ts';
import { composeDiskGuard } from './compose-disk.ts';
import { diskHealth } from './disk-health.ts';
import { diskMetrics } from './disk-metrics.ts';
import { StatusServer } from './http-server.ts';
import type { RoleName } from './messages.ts';
import { portRequests } from './port-requests.ts';
import { RoleSupervisor } from './role-supervisor.ts';
import type { Settings } from './settings.ts';
import { healthOf, isReady } from './state.ts';
import { WorkerPool } from './worker-pool.ts';

export interface MainParts extends Lifecycle {
  /** Resolves when the roles work too, or when waiting makes no more sense. Throws DATA_IN_USE: another one has a lock. */
  settled(): Promise<void>;
  /** Certificate files are read again; connections stay. */
  reload(): void;
  /** Receiving processes are replaced one after the other; no connection is refused. */
  roll(): Promise<void>;
}

/** A role that needs longer recovers from a crash: receiving does not wait for it. */
const ROLE_READY_MS = 15_000;

/** Events live for one batch: with V8's 16 MiB they would be copied again and again before they die. */
const YOUNG_GENERATION = '--max-semi-space-size=48';

/** One worker takes more than a processor on the same cores can work off: more are for machines with cores to spare. */
function defaultWorkers(): number {
  return Math.max(1, Math.floor(availableParallelism() / 4));
}

/** The main process: holds the ports, keeps workers, processor and sealer running, answers for those it has. */
export function mainParts(settings: Settings, logger: Logger, module: string): MainParts {
  const { values } = settings;
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  const startedAt = new Date().toISOString();
  const plays = (role: 'collector' | RoleName) => [role, 'all'].includes(values.LOGMASTER_ROLE);
  const ports = portRequests(settings);
  const accounts = new NodeAccounts(events);
  const pool = plays('collector')
    ? new WorkerPool({
        node: values.LOGMASTER_NODE,
        count: values.LOGMASTER_WORKERS ?? defaultWorkers(),
        module,
        ports,
        accounts,
        events,
      })
    : undefined;
  const roles = (['processor', 'sealer'] as const).filter(plays);
  const [first, ...others] = roles;
  const supervisor =
    first === undefined
      ? undefined
      : new RoleSupervisor({
          roles: [first, ...others],
          module,
          events,
          hangSeconds: values.LOGMASTER_HANG_SECONDS,
          ...(plays('processor')
            ? { execArgv: [YOUNG_GENERATION], progress: ({ processor }) => JSON.stringify(processor?.indexed) }
            : {}),
        });
  const roleParts = () => roles.flatMap((role) => partsOf(role, supervisor));
  const accounting = new Accounting({
    node: values.LOGMASTER_NODE,
    startedAt,
    ports,
    accounts,
    workers: pool?.totals ?? [],
    restarts: () => pool?.restarts ?? 0,
    report: () => supervisor?.latest?.report.processor,
    sealer: () => supervisor?.latest?.report.sealer,
    events,
  });
  // A sealer alone has nothing to add up.
  const sums = () => (pool === undefined && !plays('processor') ? [] : [accounting.part]);
  const measure = pipelineMetrics(registry);
  const guard = composeDiskGuard(settings, {
    events,
    refused: () => pool?.full ?? false,
    onOrders: ({ senders, index }) => {
      pool?.slow(senders);
      supervisor?.tell({ type: 'disk', orders: index });
    },
  });
  const diskState = (): DiskState => {
    const shed = supervisor?.latest?.report.shed;
    return { ...guard.state, ...(shed === undefined ? {} : { shed }) };
  };
  const disks = diskMetrics(registry);
  const restarts = createCounter(registry, 'logmaster_worker_restarts_total', 'Receiving processes started again', []);
  const drifting = createGauge(
    registry,
    'logmaster_parse_drift_devices',
    'Devices whose records are parsed worse than usual',
  );
  const wrongClocks = createGauge(registry, 'logmaster_wrong_clock_devices', 'Devices whose clocks are wrong');
  const status = new StatusServer({
    host: values.LOGMASTER_METRICS_HOST,
    port: values.LOGMASTER_METRICS_PORT,
    health: () => healthOf([...(pool?.parts ?? []), ...sums(), diskHealth(diskState()), ...roleParts()]),
    // Where nothing is received it is asked whether the role does its work.
    ready: () => (pool === undefined ? healthOf(roleParts()).state !== 'down' : isReady(pool.parts)),
    pipeline: () => ({ ...accounting.state, disk: diskState() }),
    metrics: async () => {
      measure(accounting.state, accounting.differences);
      restarts.set({}, pool?.restarts ?? 0);
      disks.observe(diskState());
      drifting.set(supervisor?.latest?.report.processor?.drifting ?? 0);
      wrongClocks.set(supervisor?.latest?.report.processor?.wrongClocks.devices ?? 0);
      const theirs = supervisor?.latest === undefined ? [] : [supervisor.latest.metrics];
      const workers = (pool?.totals ?? []).flatMap(({ snapshots }) => snapshots);
      return mergedMetrics([await registry.getMetricsAsJSON(), ...workers, ...theirs]);
    },
  });
  const all = [status, guard, accounting, supervisor, pool].filter((each) => each !== undefined);
  return {
    ...sequence('ingest', all),
    settled: async () => supervisor?.reported(ROLE_READY_MS),
    reload: () => pool?.reload(),
    roll: async () => pool?.roll(),
  };
}

const BETWEEN_LIVES = { processor: 'PROCESSOR_BETWEEN_LIVES', sealer: 'SEALER_BETWEEN_LIVES' } as const;

function partsOf(role: RoleName, supervisor: RoleSupervisor | undefined): readonly PartHealth[] {
  const report = supervisor?.latest?.report[role];
  if (report !== undefined) return report.parts;
  const refusal = supervisor?.refusal;
  if (refusal?.code === 'DATA_IN_USE') {
    return [{ name: role, state: 'down', code: refusal.code, reason: ERRORS[refusal.code].title }];
  }
  return [{ name: role, state: 'down', ...becauseOf(BETWEEN_LIVES[role]) }];
}
