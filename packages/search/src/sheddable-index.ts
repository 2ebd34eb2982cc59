import type { FlatEvent } from '@logmaster/core/event/event';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from './store.ts';

/** Records of one journal stream, both ends included. */
export interface StreamRange {
  readonly stream: string;
  readonly first: JournalPosition;
  readonly last: JournalPosition;
}

/** A piece of the index that would be shed as a whole. */
export interface IndexPart {
  readonly sites: readonly string[];
  readonly ranges: readonly StreamRange[];
}

/** What was taken out of the index: all records of one received day in these ranges. */
export interface ShedPart extends IndexPart {
  readonly id: number;
  /** `YYYY-MM-DD`, UTC, by `logmaster.received_at`. */
  readonly day: string;
  /** Those of sites whose day was packed meanwhile no longer count: the packed file serves them. */
  readonly records: number;
  /** What its files took on the disk, and will again, about. */
  readonly bytes: number;
  /** [from, to] of `logmaster.received_at`. */
  readonly receivedFrom: Micros;
  readonly receivedTo: Micros;
}

/**
 * The embedded index gives up room on a disk that fills, and takes its records back later. Searches over what is out
 * say so (`SearchNotice`) or fail; they are never silently short.
 */
export interface SheddableIndex {
  /**
   * Takes out the oldest parts of one day, `bytes` of them at least where there are so many, in one catalogue
   * transaction. Their files go once no search reads them. Null when nothing can be rebuilt.
   * @param canRebuild whether all records of a piece are where a restore can read them
   */
  shedOldest(bytes: number, canRebuild: (part: IndexPart) => boolean): Promise<ShedPart | null>;
  /** What is out, newest first. */
  shedParts(): readonly ShedPart[];
  /**
   * Brings a part back. `events` are all its records, in any order, each once. Another number of them than were taken
   * out is refused with INVALID_INPUT and changes nothing. A part that is no longer out is left alone.
   */
  restore(part: ShedPart, events: AsyncIterable<FlatEvent>): Promise<void>;
}

/** Is this place of a stream in one of the ranges? */
export function isInRanges(ranges: readonly StreamRange[], stream: string, at: JournalPosition): boolean {
  return ranges.some(
    (range) => range.stream === stream && compare(range.first, at) <= 0 && compare(at, range.last) <= 0,
  );
}

function compare(a: JournalPosition, b: JournalPosition): number {
  return a.journal - b.journal || a.sequence - b.sequence;
}
