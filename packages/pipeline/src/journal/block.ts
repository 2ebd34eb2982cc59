import type { Micros } from '@logmaster/core/time';
import type { Accounting } from './accounting.ts';
import type { RecordFrames } from './decode.ts';

interface BlockPlace {
  readonly journal: number;
  /** Bytes from the start of the file to the block's header, and to the byte behind it. */
  readonly offset: number;
  readonly end: number;
  /** Sequence of its first record; of the next record for an accounting block. */
  readonly firstSequence: number;
  readonly count: number;
  readonly baseMicros: Micros;
  /** Everything after this block in the stream is stamped later. */
  readonly lastMicros: Micros;
}

export interface RecordsBlock extends BlockPlace {
  readonly type: 'records';
  readonly frames: RecordFrames;
}

export interface AccountingBlock extends BlockPlace {
  readonly type: 'accounting';
  readonly accounting: Accounting;
}

/** A whole block whose checksums held. */
export type JournalBlock = RecordsBlock | AccountingBlock;

/** A place in a stream. `offset` is a block's, `sequence` the next record's, inside that block when it was split. */
export interface StreamPosition {
  readonly journal: number;
  readonly offset: number;
  readonly sequence: number;
}

export const STREAM_START: StreamPosition = { journal: 0, offset: 0, sequence: 0 };

/** Negative when `a` is earlier. */
export function comparePositions(a: StreamPosition, b: StreamPosition): number {
  return a.journal - b.journal || a.offset - b.offset || a.sequence - b.sequence;
}

/** Records that can't be read any more, from a damaged stretch in the middle of a journal file. */
export interface LostRange {
  readonly journal: number;
  /** Bytes [from, to) of the file. */
  readonly fromOffset: number;
  readonly toOffset: number;
  /** Sequences [from, to); equal when only accounting was lost; `toSequence` null when nothing whole follows. */
  readonly fromSequence: number;
  readonly toSequence: number | null;
}
