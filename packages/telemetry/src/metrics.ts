import { AggregatorRegistry, Registry } from 'prom-client';

export type { Registry } from 'prom-client';

/** One process's metrics. */
export function createRegistry(): Registry {
  return new Registry();
}

/** Numbers of one process in a form that crosses IPC. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Prometheus text over several processes of one program: counters are added up. */
export function mergedMetrics(snapshots: readonly MetricsSnapshot[]): Promise<string> {
  return AggregatorRegistry.aggregate([...snapshots]).metrics();
}
