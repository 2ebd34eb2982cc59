import type { PipelineState } from '@logmaster/core/api/health';
import { createCounter, createGauge, createGauges, type Registry } from '@logmaster/telemetry/metrics';
import type { IdentityWatch } from './identity-watch.ts';
import { SourceLabels } from './source-labels.ts';

/** What Prometheus hears of the records of this node: the numbers of `/pipeline`. Called before each answer. */
export function pipelineMetrics(
  registry: Registry,
): (state: PipelineState, differences: IdentityWatch['differences']) => void {
  const seen = createCounter(registry, 'logmaster_seen_total', 'Records seen', []);
  const journaled = createCounter(registry, 'logmaster_journaled_total', 'Records that are durable', []);
  const received = createCounter(registry, 'logmaster_received_total', 'Durable records, by transport', ['transport']);
  const dropped = createCounter(registry, 'logmaster_dropped_total', 'Records dropped, by reason', ['reason']);
  const unusual = createCounter(registry, 'logmaster_unusual_total', 'Unusual input, by kind', ['kind']);
  const indexed = createCounter(registry, 'logmaster_indexed_total', 'Records committed to the index', []);
  const sources = createCounter(
    registry,
    'logmaster_source_seen_total',
    'Records seen, by sender: 50 of the largest, and other',
    ['source'],
  );
  const gauge = (name: string, help: string) => createGauge(registry, `logmaster_${name}`, help);
  const quarantined = gauge('quarantined_records', 'Records that the index refused');
  const pending = gauge('pending_records', 'Records that are journaled and not yet in the index');
  const bytes = gauge('pending_bytes', 'Bytes of journal that the index has not yet taken');
  const oldest = gauge('pending_oldest_seconds', 'Since the oldest record was received that is not in the index');
  const drain = gauge('pending_drain_seconds', 'Until the index has caught up at the present rates; +Inf when never');
  const lag = createGauges(registry, 'logmaster_lag_seconds', 'What index and seals are behind', ['stage']);
  const sealed = gauge('sealed_records', 'Records in sealed segments');
  const segments = gauge('sealed_segments', 'Sealed segments');
  const unstamped = gauge('unstamped_segments', 'Sealed segments without a time-stamp');
  const breaks = createCounter(registry, 'logmaster_identity_breaks_total', 'How often an identity has broken', []);
  const difference = createGauges(
    registry,
    'logmaster_identity_difference',
    'Records by which an identity does not hold, the worst of its kind; 0 when all hold',
    ['identity'],
  );
  const labels = new SourceLabels();
  return (state, differences) => {
    seen.set({}, state.seen);
    journaled.set({}, state.journaled);
    indexed.set({}, state.indexed);
    for (const [transport, records] of Object.entries(state.received ?? {})) received.set({ transport }, records);
    for (const [reason, records] of Object.entries(state.dropped)) dropped.set({ reason }, records);
    for (const [kind, times] of Object.entries(state.unusual)) unusual.set({ kind }, times);
    for (const [source, records] of labels.series(state.sources, state.seen)) sources.set({ source }, records);
    quarantined.set(state.quarantined);
    pending.set(state.backlog.records);
    bytes.set(state.backlog.bytes);
    oldest.set(state.backlog.oldest_seconds);
    drain.set(state.backlog.drain_seconds ?? Number.POSITIVE_INFINITY);
    for (const [stage, seconds] of Object.entries(state.lag_seconds)) lag.set({ stage }, seconds);
    sealed.set(state.sealed.records);
    segments.set(state.sealed.segments);
    unstamped.set(state.sealed.unstamped);
    breaks.set({}, state.identities.breaks);
    for (const [identity, records] of Object.entries(differences)) difference.set({ identity }, records);
  };
}
