import type { Collector } from '@logmaster/pipeline/collector/collector';
import { createGauge, createHistogram, type Registry } from '@logmaster/telemetry/metrics';

/** Seconds; an fdatasync of a good SSD takes under 1 ms, of a busy disk 50. */
const SYNC_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export interface CollectorMetrics {
  /** After each fdatasync of the journal. */
  synced(seconds: number): void;
  /** Before each report. */
  observe(collector: Collector): void;
}

/** What Prometheus hears of one receiving process. Records are counted in the main process: that outlives it. */
export function collectorMetrics(registry: Registry): CollectorMetrics {
  const sync = createHistogram(registry, 'logmaster_journal_fsync_seconds', 'fdatasync of the journal', SYNC_BUCKETS);
  const waiting = createGauge(registry, 'logmaster_journal_pending_bytes', 'Bytes that wait for the disk');
  const open = createGauge(registry, 'logmaster_connections', 'Open connections');
  const buffer = createGauge(registry, 'logmaster_udp_receive_buffer_bytes', 'UDP receive buffer that was granted');
  return {
    synced: (seconds) => sync.observe(seconds),
    observe(collector) {
      const { state } = collector;
      waiting.set(collector.journal.pendingBytes);
      open.set(state.connections);
      buffer.set(state.udp.grantedBytes);
    },
  };
}
