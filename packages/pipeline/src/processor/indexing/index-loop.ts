import path from 'node:path';
import type { JournalPosition, SearchStore } from '@logmaster/search/store';
import { Backoff } from '../../backoff.ts';
import type { Fault } from '../../fault.ts';
import type { RecordsBlock } from '../../journal/block.ts';
import { rawRecordAt } from '../../journal/find-record.ts';
import { readerEvents } from '../../journal/reader-events.ts';
import type { RecentBlocks } from '../../journal/recent-blocks.ts';
import { type Positions, positionIn } from '../../segments/positions.ts';
import type { BatchWriter, Written } from './batch-writer.ts';
import { BlockParser, type BlockParserOptions } from './block-parser.ts';
import type { CarefulIndex } from './careful-index.ts';
import type { ColumnEvents } from './column-events.ts';
import type { FileCounts } from './file-counts.ts';
import { IndexStream } from './index-stream.ts';
import type { Attempt } from './suspects.ts';

export interface IndexLoopOptions extends BlockParserOptions {
  readonly journalFolder: string;
  readonly store: SearchStore;
  /** How far segments have read: the index stays behind them. */
  readonly taken: () => Positions;
  /** Blocks that segments have read already. */
  readonly recentBlocks: (stream: string) => RecentBlocks | undefined;
  readonly writer: BatchWriter;
  readonly fault: Fault;
  readonly batchRecords?: number;
  readonly batchMs?: number;
}

/** One row group of an index file: under load batches are this large, else as large as BATCH_MS makes them. */
const BATCH_RECORDS = 30_720;
/** Long records make shorter batches: raw text of one batch at most, two are in memory. */
const BATCH_BYTES = 32 * 1024 * 1024;
/** Receive to searchable is this, the write of a batch, and the journal's commit. */
const BATCH_MS = 800;

/**
 * Parses the journal into the index, at its own pace: when the index is away, segments go on, and this catches up
 * later from the journal. The index remembers per stream what it has, in the same transaction as the records.
 */
export class IndexLoop {
  private readonly options: IndexLoopOptions;
  private readonly streams = new Map<string, IndexStream>();
  private readonly parser: BlockParser;
  private readonly backoff = new Backoff(500, 5000);
  /** Set in a life that follows crashes without progress. */
  private careful: CarefulIndex | undefined;
  /** Records that went into the index since the start of this process. */
  indexed = 0;
  error: string | undefined;

  constructor(options: IndexLoopOptions) {
    this.options = options;
    this.parser = new BlockParser(options);
  }

  /** Journal file that the index still needs, per stream; files before it are done. */
  get positions(): ReadonlyMap<string, JournalPosition> {
    return new Map([...this.streams].map(([name, stream]) => [name, stream.indexed]));
  }

  /** What the index has done in each stream, by journal file. */
  get counts(): ReadonlyMap<string, FileCounts> {
    return new Map([...this.streams].map(([name, stream]) => [name, stream.counts]));
  }

  /** µs; when the oldest record was received that is parsed and not yet in the index. */
  get oldestPending(): number | undefined {
    const stamps = [...this.streams.values()].map((stream) => stream.oldest);
    const known = stamps.filter((stamp) => stamp !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** Before the first step. */
  beCareful(careful: CarefulIndex): void {
    this.careful = careful;
  }

  /** Parses a slice or writes a batch. False when there was nothing to do. */
  async step(): Promise<boolean> {
    if (!this.backoff.ready) return false;
    try {
      await this.openStreams();
      let worked = false;
      for (const stream of this.streams.values()) {
        const did = await (stream.careful ? this.advanceCarefully(stream) : this.advance(stream));
        worked = did || worked;
      }
      return worked;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  async close(): Promise<void> {
    for (const stream of this.streams.values()) await stream.close();
    await this.careful?.forget();
  }

  /** At shutdown: writes what is parsed. If the index is away, the journal has it for the next start. */
  async flushQuietly(): Promise<void> {
    for (const stream of this.streams.values()) {
      await stream.busy;
      if (stream.writing === undefined && stream.batch.rows > 0) stream.take();
      if (stream.writing !== undefined) await this.write(stream, stream.writing);
    }
  }

  private async openStreams(): Promise<void> {
    for (const name of Object.keys(this.options.taken())) {
      if (this.streams.has(name)) continue;
      const from = (await this.options.store.position(name)) ?? { journal: 0, sequence: 0 };
      const folder = path.join(this.options.journalFolder, name);
      const events = readerEvents(this.options.events, name);
      const stream = new IndexStream(name, folder, from, events, this.options.recentBlocks(name));
      stream.careful = this.careful !== undefined;
      this.streams.set(name, stream);
    }
  }

  /** While one batch is written, the next one is parsed: at most these two are in memory. */
  private async advance(stream: IndexStream): Promise<boolean> {
    const { batchRecords = BATCH_RECORDS, batchMs = BATCH_MS } = this.options;
    const full = () => stream.batch.rows >= batchRecords || stream.batch.rawBytes >= BATCH_BYTES;
    const block = full() ? undefined : await stream.next(positionIn(this.options.taken(), stream.stream));
    if (block !== undefined) await this.parser.parse(stream, block);
    if (stream.busy !== undefined) return block !== undefined;
    const due = full() || stream.complete || performance.now() - stream.since >= batchMs;
    if (stream.writing === undefined && stream.batch.rows > 0 && due) stream.take();
    if (stream.writing === undefined) return block !== undefined;
    stream.busy = this.write(stream, stream.writing).finally(() => {
      stream.busy = undefined;
    });
    return true;
  }

  /** A piece of a block, noted before it is parsed and written before the next one: see `CarefulIndex`. */
  private async advanceCarefully(stream: IndexStream): Promise<boolean> {
    const { careful } = this;
    if (careful === undefined) return false;
    if (stream.attempt !== undefined) {
      // The index was away: what is parsed already is written again.
      await careful.note(stream.attempt);
      return this.writeCarefully(stream, careful, stream.attempt);
    }
    const block = await stream.next(positionIn(this.options.taken(), stream.stream));
    if (block === undefined) return false;
    stream.hold(block);
    if (!careful.covers(stream.stream, block)) {
      stream.careful = false;
      if (![...this.streams.values()].some((each) => each.careful)) await careful.forget();
      return true;
    }
    const index = stream.firstNew(block);
    const sequence = block.firstSequence + index;
    const step = await careful.begin(stream.stream, block.journal, sequence, block.firstSequence + block.count);
    if ('crashed' in step) {
      await this.putAside(stream, block, index, step.crashed);
      careful.quarantined(stream.stream);
      return true;
    }
    stream.attempt = step.attempt;
    await this.parser.parse(stream, block, step.attempt.to - block.firstSequence);
    stream.take();
    return this.writeCarefully(stream, careful, step.attempt);
  }

  private async writeCarefully(stream: IndexStream, careful: CarefulIndex, attempt: Attempt): Promise<boolean> {
    const written = stream.writing !== undefined && (await this.write(stream, stream.writing));
    if (written) {
      careful.succeeded(attempt);
      stream.attempt = undefined;
    } else await careful.forget();
    return written;
  }

  private async putAside(stream: IndexStream, block: RecordsBlock, index: number, crashes: number): Promise<void> {
    const { writer, timeline } = this.options;
    const { journal, offset, firstSequence } = block;
    const record = rawRecordAt(stream.stream, block, index);
    const here = () => ({ journal, offset, sequence: firstSequence + index });
    const { site } = timeline().ownerAt(block.frames.source(index), stream.stream, here, () => block.frames.raw(index));
    await writer.putAside(record, site, 'crashed', `The record crashed the processor ${crashes} times`);
    const from = { journal, sequence: firstSequence + index };
    const to = { journal, sequence: from.sequence + 1 };
    await writer.skip({ stream: stream.stream, from, to });
    stream.skip(block, to.sequence);
  }

  /** Never rejects: what failed stays with the stream and is written again. False then. */
  private async write(stream: IndexStream, batch: ColumnEvents): Promise<boolean> {
    const started = performance.now();
    let written: Written;
    try {
      written = await this.options.writer.write(batch);
    } catch (error) {
      this.failed(error);
      return false;
    }
    this.options.fault('index-written');
    const records = batch.columns.rows;
    stream.written(written);
    this.backoff.worked();
    this.indexed += written.committed;
    this.error = undefined;
    const ms = Math.round(performance.now() - started);
    this.options.events.emit('index_written', { stream: stream.stream, records, ms });
    return true;
  }

  private failed(error: unknown): void {
    this.backoff.failed();
    this.error = error instanceof Error ? error.message : String(error);
    this.options.events.emit('index_failed', { reason: this.error });
  }
}
