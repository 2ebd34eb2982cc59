import type { DiskState } from '@logmaster/core/api/disk';
import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';

const MIB = 1024 * 1024;

const REASONS = {
  reserve: 'DISK_RESERVE',
  caches: 'DISK_CACHES',
  index: 'DISK_INDEX',
  senders: 'DISK_SENDERS',
  datagrams: 'DISK_DATAGRAMS',
} as const;

/** What the disks say of themselves: the farthest step, or what is still out, or an archive that runs full. */
export function diskHealth({ step, file_systems, shed }: DiskState): PartHealth {
  const name = 'disk';
  const records = shed?.records ?? 0;
  if (step !== 'none') {
    const free = Math.min(...file_systems.filter((one) => one.step === step).map(({ free_bytes }) => free_bytes));
    return { name, state: 'degraded', ...becauseOf(REASONS[step], { free: Math.floor(free / MIB), records }) };
  }
  if (records > 0) return { name, state: 'degraded', ...becauseOf('DISK_RESTORING', { records }) };
  const archive = file_systems.find((one) => one.holds.join() === 'archive' && one.free_bytes < one.low_bytes);
  if (archive === undefined) return { name, state: 'ok' };
  const free = Math.floor(archive.free_bytes / MIB);
  return { name, state: 'degraded', ...becauseOf('DISK_ARCHIVE', { free }) };
}
