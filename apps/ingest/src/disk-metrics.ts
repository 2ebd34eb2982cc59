import { DISK_STEPS, type DiskState } from '@logmaster/core/api/disk';
import { createGauge, createGauges, type Registry } from '@logmaster/telemetry/metrics';

/** What Prometheus hears of the disks; `observe` before each answer. */
export function diskMetrics(registry: Registry): { observe(state: DiskState): void } {
  const step = createGauge(
    registry,
    'logmaster_disk_shedding_step',
    'What was given up for disk room: 0 nothing, 1 reserve, 2 caches, 3 index, 4 senders slowed, 5 datagrams dropped',
  );
  const free = createGauges(registry, 'logmaster_disk_free_bytes', 'Free bytes of a file system', ['holds']);
  const low = createGauges(registry, 'logmaster_disk_low_bytes', 'Free bytes below which room is made', ['holds']);
  const shed = createGauge(registry, 'logmaster_index_shed_records', 'Records out of the index for want of disk room');
  return {
    observe(state) {
      step.set(DISK_STEPS.indexOf(state.step));
      // What lies together may change: an archive is mounted, and what was one is two.
      free.reset();
      low.reset();
      for (const { holds, free_bytes, low_bytes } of state.file_systems) {
        free.set({ holds: holds.join(' ') }, free_bytes);
        low.set({ holds: holds.join(' ') }, low_bytes);
      }
      shed.set(state.shed?.records ?? 0);
    },
  };
}
