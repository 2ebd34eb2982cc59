import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { ColumnParser } from '@logmaster/parsers/column-parser';
import type { EventBatch, JournalPosition, SearchStore } from '@logmaster/search/store';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../fault.ts';
import type { JournalBlock } from '../journal/block.ts';
import { readerEvents } from '../journal/reader-events.ts';
import type { RecentBlocks } from '../journal/recent-blocks.ts';
import { Backoff } from '../sealer/backoff.ts';
import { type Positions, positionIn } from '../segments/positions.ts';
import type { ColumnEvents } from './column-events.ts';
import { IndexStream } from './index-stream.ts';
import type { MappingTimeline } from './mapping-timeline.ts';
import type { Quarantine } from './quarantine.ts';
import { RecordRows } from './record-rows.ts';
import type { Sightings } from './sightings.ts';

export interface IndexLoopOptions {
  readonly journalFolder: string;
  readonly store: SearchStore;
  readonly parser: ColumnParser;
  readonly timeline: () => MappingTimeline;
  /** How far segments have read: the index stays behind them. */
  readonly taken: () => Positions;
  /** Blocks that segments have read already. */
  readonly recentBlocks: (stream: string) => RecentBlocks | undefined;
  readonly timeZone: string;
  readonly quarantine: Quarantine;
  readonly sightings: Sightings;
  readonly events: Events;
  readonly fault: Fault;
  readonly batchRecords?: number;
  readonly batchMs?: number;
}

/** Records parsed between two looks at everything else: about 4 ms. */
const SLICE = 500;
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
  private readonly backoff = new Backoff(500, 5000);
  /** Records that went into the index since the start of this process. */
  indexed = 0;
  error: string | undefined;

  constructor(options: IndexLoopOptions) {
    this.options = options;
  }

  /** Journal file that the index still needs, per stream; files before it are done. */
  get positions(): ReadonlyMap<string, JournalPosition> {
    return new Map([...this.streams].map(([name, stream]) => [name, stream.indexed]));
  }

  /** µs; when the oldest record was received that is parsed and not yet in the index. */
  get oldestPending(): number | undefined {
    const stamps = [...this.streams.values()].map((stream) => stream.oldest);
    const known = stamps.filter((stamp) => stamp !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** Parses a slice or writes a batch. False when there was nothing to do. */
  async step(): Promise<boolean> {
    if (!this.backoff.ready) return false;
    try {
      await this.openStreams();
      let worked = false;
      for (const stream of this.streams.values()) worked = (await this.advance(stream)) || worked;
      return worked;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  async close(): Promise<void> {
    for (const stream of this.streams.values()) await stream.close();
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
      this.streams.set(name, new IndexStream(name, folder, from, events, this.options.recentBlocks(name)));
    }
  }

  /** While one batch is written, the next one is parsed: at most these two are in memory. */
  private async advance(stream: IndexStream): Promise<boolean> {
    const { batchRecords = BATCH_RECORDS, batchMs = BATCH_MS } = this.options;
    const full = () => stream.batch.rows >= batchRecords || stream.batch.rawBytes >= BATCH_BYTES;
    const block = full() ? undefined : await stream.next(positionIn(this.options.taken(), stream.stream));
    if (block !== undefined) await this.parse(stream, block);
    if (stream.busy !== undefined) return block !== undefined;
    const due = full() || stream.complete || performance.now() - stream.since >= batchMs;
    if (stream.writing === undefined && stream.batch.rows > 0 && due) stream.take();
    if (stream.writing === undefined) return block !== undefined;
    stream.busy = this.write(stream, stream.writing).finally(() => {
      stream.busy = undefined;
    });
    return true;
  }

  private async parse(stream: IndexStream, block: JournalBlock & { type: 'records' }): Promise<void> {
    const { parser, timeline, timeZone, sightings, events } = this.options;
    const mapping = timeline();
    const { batch } = stream;
    if (batch.rows === 0) stream.since = performance.now();
    if (block.journal !== stream.to.journal) stream.from = { journal: block.journal, sequence: block.firstSequence };
    const first = batch.rows;
    const rows = new RecordRows(batch, {
      parser,
      idPrefix: `${stream.stream}.${block.journal}.`,
      timeZone,
      onParserFailure: (error: unknown) => events.emit('parser_failed', { err: error }),
    });
    let index = stream.firstNew(block);
    const { journal, offset, firstSequence, frames } = block;
    const here = () => ({ journal, offset, sequence: firstSequence + index });
    for (; index < block.count; index++) {
      const owner = mapping.ownerAt(frames.source(index).address, stream.stream, here);
      rows.append(frames, index, firstSequence + index, owner);
      if (index % SLICE === SLICE - 1) await breathe();
    }
    sightings.seeRows(batch, first);
    stream.to = { journal: block.journal, sequence: block.firstSequence + block.count };
  }

  /** Never rejects: what failed stays with the stream and is written again. */
  private async write(stream: IndexStream, batch: ColumnEvents): Promise<void> {
    const started = performance.now();
    try {
      await this.writeOrSplit(batch);
    } catch (error) {
      this.failed(error);
      return;
    }
    this.options.fault('index-written');
    stream.written();
    this.backoff.worked();
    this.indexed += batch.columns.rows;
    this.error = undefined;
    const ms = Math.round(performance.now() - started);
    this.options.events.emit('index_written', { stream: stream.stream, records: batch.columns.rows, ms });
  }

  private failed(error: unknown): void {
    this.backoff.failed();
    this.error = error instanceof Error ? error.message : String(error);
    this.options.events.emit('index_failed', { reason: this.error });
  }

  /** A refused batch is halved until the refused record stands alone; the others go in. */
  private async writeOrSplit(batch: EventBatch): Promise<void> {
    try {
      await this.options.store.write(batch);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT') throw error;
      const only = batch.events[0];
      if (batch.events.length <= 1) {
        if (only === undefined) throw error;
        await this.options.quarantine.add(only, error.message);
        this.options.events.emit('record_quarantined', { id: only['logmaster.record.id'], reason: error.message });
        this.indexed -= 1;
        await this.options.store.write({ stream: batch.stream, from: batch.from, to: batch.to, events: [] });
        return;
      }
      const middle = Math.floor(batch.events.length / 2);
      const border: JournalPosition = { journal: batch.to.journal, sequence: sequenceOf(batch.events[middle]) };
      const { stream, from, to } = batch;
      await this.writeOrSplit({ stream, from, to: border, events: batch.events.slice(0, middle) });
      await this.writeOrSplit({ stream, from: border, to, events: batch.events.slice(middle) });
    }
  }
}

function sequenceOf(event: FlatEvent | undefined): number {
  return Number(event?.['logmaster.record.id']?.split('.').at(-1));
}
