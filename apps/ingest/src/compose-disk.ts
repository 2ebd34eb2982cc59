import { DiskGuard, type DiskGuardOptions } from '@logmaster/pipeline/disk/guard';
import type { Settings } from './settings.ts';

const MIB = 1024 * 1024;

/** The one place that says what is watched, and what may go. */
export function composeDiskGuard(
  { values, layout }: Settings,
  given: Pick<DiskGuardOptions, 'events' | 'refused' | 'onOrders'>,
): DiskGuard {
  const { LOGMASTER_DISK_LOW_MB: low, LOGMASTER_DISK_RESERVE_MB: reserve } = values;
  // Elasticsearch looks after its own disks (its watermarks); nothing of it lies here.
  const embedded = values.ELASTICSEARCH_URLS === undefined;
  return new DiskGuard({
    folders: {
      data: layout.root,
      journal: layout.journal,
      segments: layout.segments,
      ...(embedded ? { index: layout.index } : {}),
    },
    archive: layout.archive,
    disposable: [layout.exports, layout.cache],
    marks: { lowBytes: low === undefined ? undefined : low * MIB, reserveBytes: reserve * MIB },
    ...given,
  });
}
