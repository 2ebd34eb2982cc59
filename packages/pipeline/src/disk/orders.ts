import type { GuardedDisk } from './guarded-disk.ts';
import { DATAGRAM_FLOOR, isAtLeast } from './steps.ts';

/** What the guard can't do itself. */
export interface DiskOrders {
  readonly senders: SenderOrders;
  readonly index: IndexOrders;
}

export interface SenderOrders {
  /** Of all connections together; undefined: as fast as they come. */
  readonly bytesPerSecond: number | undefined;
  /** Datagrams are taken. */
  readonly datagrams: boolean;
}

export interface IndexOrders {
  /** To be taken out now; 0 for nothing. */
  readonly shedBytes: number;
  /** So much may be brought back; 0 for nothing. */
  readonly restoreBytes: number;
}

/**
 * At the rate senders are slowed to, what is left lasts a minute; with less left the rate is lower, so that the room is
 * never used up by those who can wait. Meanwhile the journal is worked off, which gives most of its bytes back.
 */
const LASTS_SECONDS = 60;

type Disk = Pick<GuardedDisk, 'holds' | 'step' | 'roomBytes' | 'lowBytes' | 'missingFor'>;

/** What follows from the steps of the disks that hold the journal and the index, which may be one. */
export function ordersOf(disks: readonly Disk[]): DiskOrders {
  return {
    senders: senderOrders(disks.find((disk) => disk.holds('journal'))),
    index: indexOrders(disks.find((disk) => disk.holds('index'))),
  };
}

function senderOrders(disk: Disk | undefined): SenderOrders {
  if (disk === undefined || !isAtLeast(disk.step, 'senders')) return { bytesPerSecond: undefined, datagrams: true };
  if (disk.step === 'datagrams') return { bytesPerSecond: 0, datagrams: false };
  const left = Math.max(0, disk.roomBytes - DATAGRAM_FLOOR * disk.lowBytes);
  return { bytesPerSecond: Math.floor(left / LASTS_SECONDS), datagrams: true };
}

function indexOrders(disk: Disk | undefined): IndexOrders {
  if (disk === undefined) return { shedBytes: 0, restoreBytes: 0 };
  if (isAtLeast(disk.step, 'index')) {
    return { shedBytes: Math.max(1, Math.ceil(disk.missingFor('index'))), restoreBytes: 0 };
  }
  // Not before everything else has room again: what comes back must not be what makes the disk short.
  const beyond = disk.step === 'none' ? -disk.missingFor('reserve') : 0;
  return { shedBytes: 0, restoreBytes: Math.max(0, Math.floor(beyond)) };
}
