import { mkdir } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { PartHealth } from '@logmaster/core/api/health';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE, type Scope } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';
import type { Logger } from '@logmaster/telemetry/logger';
import { indexed, isBefore } from '../indexed-event.ts';
import type { PackedDay, PackedDayIndex } from '../packed-days.ts';
import type { IndexPart, SheddableIndex, ShedPart } from '../sheddable-index.ts';
import type {
  CallOptions,
  EventBatch,
  JournalPosition,
  ReplayStore,
  SearchField,
  SearchQuery,
  SearchStore,
} from '../store.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import type { NewFile } from './catalogue/catalogue-files.ts';
import { fileFolder } from './catalogue/catalogue-schema.ts';
import { DuckDbEngine } from './engine.ts';
import { columnsOf } from './files/batch-file.ts';
import { BatchRows } from './files/batch-rows.ts';
import { Compactor } from './files/compactor.ts';
import { FreshFileWriter, type WriteStep } from './files/fresh-files.ts';
import { missingRowsByDay } from './files/missing-rows.ts';
import { inspectPackedDay, writePackedDay } from './files/packed-day-file.ts';
import type { DayEvents } from './files/part-files.ts';
import { replaceEvents } from './files/replacement.ts';
import { fileHealth } from './health.ts';
import { openInstance, temporaryFolder } from './instance.ts';
import { removeLeftovers } from './leftovers.ts';
import { restorePart } from './shedding/restore-part.ts';

export interface WriterOptions {
  readonly indexDir: string;
  readonly memoryMb: number;
  readonly threads: number;
  readonly logger: Logger;
  /** Tests only: called before each step of a write; what it throws stands for the process dying there. */
  readonly fault?: ((step: WriteStep) => void) | undefined;
}

const NOT_STARTED = { detail: 'the index is not open' };

interface Open {
  readonly instance: DuckDBInstance;
  readonly catalogue: Catalogue;
  readonly compactor: Compactor;
  readonly engine: DuckDbEngine;
}

/** The index in the process that writes it. Writes run one after the other; reads and merges run beside them. */
export class DuckDbWriter implements SearchStore, ReplayStore, PackedDayIndex, SheddableIndex {
  readonly name = 'search index';
  readonly #options: WriterOptions;
  readonly #freshFiles: FreshFileWriter;
  #open: Open | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#freshFiles = new FreshFileWriter(options.indexDir, options.fault);
  }

  get #index(): Open {
    if (!this.#open) throw new AppError('SEARCH_UNAVAILABLE', NOT_STARTED);
    return this.#open;
  }

  async start(): Promise<void> {
    const { indexDir, memoryMb, logger } = this.#options;
    await mkdir(fileFolder(indexDir), { recursive: true });
    const catalogue = new Catalogue(indexDir);
    await removeLeftovers(indexDir, catalogue, logger);
    const instance = await openInstance(this.#options);
    const connect = () => instance.connect();
    const compactor = new Compactor({ indexDir, memoryMb, catalogue, connect, logger });
    // reads inside the processor are few and must not take its cores: one at a time
    const engine = new DuckDbEngine(instance, indexDir, { concurrency: 1, queue: 64, timeLimitMs: 60_000 });
    this.#open = { instance, catalogue, compactor, engine };
    compactor.wake();
  }

  async stop(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    await Promise.allSettled([this.#writing]);
    await open.compactor.stop();
    open.engine.close();
    open.instance.closeSync();
    open.catalogue.close();
  }

  /** One write at a time: they share a connection, and the position must not be overtaken. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#writing.then(work, work);
    this.#writing = turn.catch(() => undefined);
    return turn;
  }

  write(batch: EventBatch): Promise<void> {
    return this.#alone(() => this.#write(batch));
  }

  async #write(batch: EventBatch): Promise<void> {
    const { catalogue } = this.#index;
    const at = catalogue.position(batch.stream);
    if (at && !isBefore(at, batch.to)) return;
    const rows = new BatchRows(batch.columns ?? columnsOf(batch.events));
    await this.#writeMissing(rows, batch.stream, at, (files) => catalogue.addBatch(files, batch.stream, batch.to));
  }

  addMissing(events: readonly FlatEvent[]): Promise<void> {
    return this.#alone(async () => {
      const { catalogue, engine } = this.#index;
      const streams = new Map<string, FlatEvent[]>();
      for (const event of events) {
        const { id, stream } = indexed(event);
        if ((await engine.get(id, FULL_SCOPE)) === null) streams.set(stream, [...(streams.get(stream) ?? []), event]);
      }
      for (const [stream, missing] of streams) {
        const rows = new BatchRows(columnsOf(missing));
        await this.#writeMissing(rows, stream, null, (files) => catalogue.addFiles(files));
      }
    });
  }

  async replace(day: { readonly site: string; readonly day: string }, events: DayEvents['events']): Promise<number> {
    const { catalogue, compactor } = this.#index;
    const { indexDir, memoryMb } = this.#options;
    try {
      // Takes turns with the other writes for its commit alone.
      return await this.#beside((connection) =>
        replaceEvents({ connection, catalogue, indexDir, memoryMb }, { ...day, events }),
      );
    } finally {
      await compactor.removeReleased();
    }
  }

  /** On a connection of its own, which may take long: writes go on meanwhile. */
  async #beside<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.#index.instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  }

  /** @param commit from then on the files are part of the index */
  async #writeMissing(
    rows: BatchRows,
    stream: string,
    at: JournalPosition | null,
    commit: (files: readonly NewFile[]) => void,
  ): Promise<void> {
    const { catalogue, compactor } = this.#index;
    await this.#freshFiles.writeDays(rows, missingRowsByDay(rows, stream, at, catalogue), commit);
    compactor.wake();
  }

  async position(stream: string): Promise<JournalPosition | null> {
    return this.#index.catalogue.position(stream);
  }

  async writeDayParquet(day: {
    readonly site: string;
    readonly day: string;
    readonly events: AsyncIterable<FlatEvent> | Iterable<FlatEvent>;
    readonly path: string;
  }): Promise<{ readonly records: number }> {
    const { indexDir, memoryMb } = this.#options;
    return await this.#beside((connection) => writePackedDay(connection, temporaryFolder(indexDir), memoryMb, day));
  }

  async replaceDay(packed: PackedDay): Promise<void> {
    const file = await this.#beside((connection) => inspectPackedDay(connection, packed));
    await this.#alone(async () => this.#index.catalogue.pack(packed.site, file));
    await this.#index.compactor.removeReleased();
  }

  async shedOldest(bytes: number, canRebuild: (part: IndexPart) => boolean): Promise<ShedPart | null> {
    const { catalogue, compactor } = this.#index;
    const id = catalogue.shed.take(bytes, canRebuild);
    await compactor.removeReleased();
    return id === undefined ? null : (catalogue.shed.find(id) ?? null);
  }

  shedParts(): readonly ShedPart[] {
    return this.#open?.catalogue.shed.list() ?? [];
  }

  async restore(part: ShedPart, events: AsyncIterable<FlatEvent>): Promise<void> {
    const { catalogue, compactor } = this.#index;
    await restorePart(part, events, catalogue.shed, this.#freshFiles);
    compactor.wake();
  }

  search(query: SearchQuery, page: { size: number; after?: string | undefined }, options?: CallOptions) {
    return this.#index.engine.search(query, page, options);
  }

  count(query: SearchQuery, options?: CallOptions) {
    return this.#index.engine.count(query, options);
  }

  histogram(
    query: SearchQuery & { from: Micros; to: Micros },
    shape: { buckets: number; stackBy?: SearchField | undefined },
    options?: CallOptions,
  ) {
    return this.#index.engine.histogram(query, shape, options);
  }

  topValues(query: SearchQuery, field: SearchField, size: number, options?: CallOptions) {
    return this.#index.engine.topValues(query, field, size, options);
  }

  get(recordId: string, scope: Scope, options?: CallOptions) {
    return this.#index.engine.get(recordId, scope, options);
  }

  async health(): Promise<PartHealth> {
    if (!this.#open) return { name: this.name, state: 'down', reason: NOT_STARTED.detail };
    return fileHealth(this.name, this.#open.catalogue.knownFiles());
  }
}
