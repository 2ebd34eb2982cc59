import { DISK_STEPS, type DiskStep } from '@logmaster/core/api/disk';

/**
 * A step is entered when less than its part of the low mark is free, and left when more than a quarter above that is:
 * between the two nothing changes, so that a disk at a mark does not go back and forth.
 */
const ENTER: Readonly<Record<DiskStep, number>> = {
  none: Number.POSITIVE_INFINITY,
  reserve: 1,
  caches: 3 / 4,
  index: 1 / 2,
  senders: 1 / 4,
  datagrams: 1 / 8,
};
const LEAVE = 5 / 4;

export interface Reading {
  /** Free bytes, the reserve counted as free, as a part of the low mark. */
  readonly room: number;
  /** A write of the journal was refused for want of room. */
  readonly refused: boolean;
}

/** The next step of a file system after a reading: the same, the one after or the one before, never further. */
export function nextStep(step: DiskStep, { room, refused }: Reading): DiskStep {
  const at = DISK_STEPS.indexOf(step);
  const after = DISK_STEPS[at + 1];
  if (after !== undefined && (refused || room < ENTER[after])) return after;
  const before = DISK_STEPS[at - 1];
  if (before !== undefined && !refused && room >= leavesAt(step)) return before;
  return step;
}

/** Room at which the step is left, as a part of the low mark. */
export function leavesAt(step: DiskStep): number {
  return ENTER[step] * LEAVE;
}

/** Room, as a part of the low mark, that is for those who work the journal off: the journal is not written into it. */
export const DATAGRAM_FLOOR = ENTER.datagrams;

export function isAtLeast(step: DiskStep, other: DiskStep): boolean {
  return DISK_STEPS.indexOf(step) >= DISK_STEPS.indexOf(other);
}

export function farthest(steps: readonly DiskStep[]): DiskStep {
  return DISK_STEPS[Math.max(0, ...steps.map((step) => DISK_STEPS.indexOf(step)))] ?? 'none';
}
