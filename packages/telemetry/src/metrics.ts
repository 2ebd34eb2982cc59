import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client';

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

/** Counters and histograms of both, added up: of processes that have ended. Their gauges are no longer true. */
export function addCounters(a: MetricsSnapshot, b: MetricsSnapshot): MetricsSnapshot {
  const metrics = new Map<string, MetricsSnapshot[number]>();
  for (const metric of [...a, ...b]) {
    // prom-client's own names of types, which its declarations leave out.
    if (!['counter', 'histogram'].includes(String(metric.type))) continue;
    const known = metrics.get(metric.name);
    metrics.set(
      metric.name,
      known === undefined ? metric : { ...metric, values: addValues(known.values, metric.values) },
    );
  }
  return [...metrics.values()];
}

type Values = MetricsSnapshot[number]['values'];

function addValues(a: Values, b: Values): Values {
  const sums = new Map<string, Values[number]>();
  for (const each of [...a, ...b]) {
    const { value, ...key } = each;
    const known = sums.get(JSON.stringify(key));
    sums.set(JSON.stringify(key), known === undefined ? each : { ...known, value: known.value + value });
  }
  return [...sums.values()];
}

/** A counter whose totals are kept elsewhere: `set` takes the total, which never falls. */
export interface Totals {
  set(labels: Readonly<Record<string, string>>, total: number): void;
}

export function createCounter(registry: Registry, name: string, help: string, labelNames: readonly string[]): Totals {
  const counter = new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  const known = new Map<string, number>();
  return {
    set(labels, total) {
      const key = JSON.stringify(labels);
      counter.inc({ ...labels }, Math.max(0, total - (known.get(key) ?? 0)));
      known.set(key, total);
    },
  };
}

export function createGauge(registry: Registry, name: string, help: string): { set(value: number): void } {
  return new Gauge({ name, help, registers: [registry] });
}

/** A gauge with labels; `set` replaces the value for these labels, `reset` forgets all of them. */
export function createGauges(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly string[],
): { set(labels: Readonly<Record<string, string>>, value: number): void; reset(): void } {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
}

export function createHistogram(
  registry: Registry,
  name: string,
  help: string,
  buckets: readonly number[],
): { observe(value: number): void } {
  return new Histogram({ name, help, buckets: [...buckets], registers: [registry] });
}
