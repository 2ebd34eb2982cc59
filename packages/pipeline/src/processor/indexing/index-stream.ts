import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from '@logmaster/search/store';
import type { JournalBlock, RecordsBlock, StreamPosition } from '../../journal/block.ts';
import { JournalReader, type ReaderEvents } from '../../journal/reader.ts';
import type { RecentBlocks } from '../../journal/recent-blocks.ts';
import type { Written } from './batch-writer.ts';
import { ColumnEvents } from './column-events.ts';
import { FileCounts } from './file-counts.ts';
import type { Attempt } from './suspects.ts';

/** One stream as the index sees it: blocks on their way in, and the batch that waits to be written. */
export class IndexStream {
  readonly stream: string;
  private readonly reader: JournalReader;
  /** Behind the last record in `batch`, and before the first. */
  to: JournalPosition;
  from: JournalPosition;
  /** The batch in the making. */
  batch = new ColumnBatch();
  /** The batch before it, on its way into the index; kept until it is there. */
  writing: ColumnEvents | undefined;
  /** The memory of the batch written last. */
  private spare: ColumnBatch | undefined;
  /** Set while a write is under way. */
  busy: Promise<unknown> | undefined;
  /** Goes into the index piece by piece. */
  careful = false;
  /** The piece that is parsed and not yet written. */
  attempt: Attempt | undefined;
  /** What the index has for sure. */
  indexed: JournalPosition;
  readonly counts: FileCounts;
  /** performance.now() of the first event of the batch. */
  since = 0;
  private head: JournalBlock | undefined;

  constructor(
    stream: string,
    folder: string,
    from: JournalPosition,
    events: ReaderEvents,
    recent: RecentBlocks | undefined,
  ) {
    this.stream = stream;
    this.from = from;
    this.to = from;
    this.indexed = from;
    this.counts = new FileCounts(from);
    this.reader = new JournalReader(folder, { ...from, offset: 0 }, events, recent);
  }

  /**
   * The next block of records that the index does not have, if segments have taken all of it: they decide the routing.
   * Undefined also when the batch must be written first, because the block is in another file.
   */
  async next(taken: StreamPosition): Promise<RecordsBlock | undefined> {
    for (;;) {
      this.head ??= await this.reader.next();
      const block = this.head;
      if (block === undefined) return undefined;
      const isTaken = block.journal < taken.journal || (block.journal === taken.journal && block.end <= taken.offset);
      if (!isTaken) return undefined;
      if (block.type === 'accounting' || this.has(block)) {
        this.head = undefined;
        continue;
      }
      if (this.batch.rows > 0 && block.journal !== this.to.journal) return undefined;
      this.head = undefined;
      return block;
    }
  }

  /** Gives a block back that was not taken to its end: it is the next one again. */
  hold(block: JournalBlock): void {
    this.head = block;
  }

  /** The record of this block before `sequence`, the next one, is done without having been in a batch: it was put aside. */
  skip(block: JournalBlock, sequence: number): void {
    this.to = { journal: block.journal, sequence };
    this.from = this.to;
    this.counts.add(this.to, 1);
    this.indexed = this.to;
  }

  /** The batch can't grow any more: what comes next is in another file. */
  get complete(): boolean {
    return this.batch.rows > 0 && this.head?.type === 'records' && this.head.journal !== this.to.journal;
  }

  /** Index in `block` of the first record that the index lacks. */
  firstNew(block: JournalBlock): number {
    return block.journal === this.to.journal ? Math.max(0, this.to.sequence - block.firstSequence) : 0;
  }

  /** Received when the oldest record was that is read and not yet in the index. */
  get oldest(): Micros | undefined {
    const oldest = this.writing?.columns ?? this.batch;
    return oldest.rows === 0 ? undefined : oldest.number('logmaster.received_at').values[0];
  }

  /** Hands the batch over for writing and begins the next one. */
  take(): ColumnEvents {
    this.writing = new ColumnEvents(this.stream, this.from, this.to, this.batch);
    this.batch = this.spare ?? new ColumnBatch();
    this.spare = undefined;
    this.from = this.to;
    return this.writing;
  }

  /** The batch that was taken is in the index. */
  written({ committed, refused }: Written): void {
    if (this.writing !== undefined) {
      this.counts.add(this.writing.to, committed + refused);
      this.indexed = this.writing.to;
      this.spare = this.writing.columns;
      this.spare.clear();
    }
    this.writing = undefined;
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  private has(block: JournalBlock): boolean {
    if (block.journal !== this.to.journal) return block.journal < this.to.journal;
    return block.firstSequence + block.count <= this.to.sequence;
  }
}
