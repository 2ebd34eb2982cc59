import { mkdirSync, statfsSync } from 'node:fs';
import { DiskGuard, type DiskGuardOptions } from '@logmaster/pipeline/disk/guard';
import { journalRoom } from '@logmaster/pipeline/disk/journal-room';
import { type MarkOptions, marksOf } from '@logmaster/pipeline/disk/marks';
import type { Settings } from './settings.ts';

const MIB = 1024 * 1024;

/** Of the low mark: the newest file of a journal stays whatever happens, so on a small disk it is small. */
const JOURNAL_FILE_PART = 1 / 8;
const MOST_JOURNAL_FILE_BYTES = 64 * MIB;

/** How large a file of the journal becomes on the file system it is on, and what it leaves to others there. */
export function journalLimits({ values, layout }: Settings) {
  const marks = marksFrom(values);
  mkdirSync(layout.journal, { recursive: true });
  const { blocks, bsize } = statfsSync(layout.journal);
  const { lowBytes } = marksOf(blocks * bsize, marks);
  return {
    rotateBytes: Math.min(MOST_JOURNAL_FILE_BYTES, Math.floor(lowBytes * JOURNAL_FILE_PART)),
    hasRoom: journalRoom(layout.journal, marks),
  };
}

function marksFrom({
  LOGMASTER_DISK_LOW_MB: low,
  LOGMASTER_DISK_RESERVE_MB: reserve,
}: Settings['values']): MarkOptions {
  return { lowBytes: low === undefined ? undefined : low * MIB, reserveBytes: reserve * MIB };
}

/** The one place that says what is watched, and what may go. */
export function composeDiskGuard(
  { values, layout }: Settings,
  given: Pick<DiskGuardOptions, 'events' | 'refused' | 'onOrders'>,
): DiskGuard {
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
    marks: marksFrom(values),
    ...given,
  });
}
