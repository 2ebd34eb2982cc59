import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
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
import { columnsOf } from './batch-file.ts';
import { BatchRows } from './batch-rows.ts';
import { Catalogue } from './catalogue.ts';
import type { NewFile } from './catalogue-files.ts';
import { fileFolder } from './catalogue-schema.ts';
import { Compactor } from './compactor.ts';
import { DuckDbEngine } from './engine.ts';
import { FreshFileWriter, type WriteStep } from './fresh-files.ts';
import { fileHealth } from './health.ts';
import { openInstance, spillFolder, temporaryFolder } from './instance.ts';
import { inspectPackedDay, writePackedDay } from './packed-day-file.ts';
import type { DayEvents } from './part-files.ts';
import { isAlive } from './process-alive.ts';
import { replaceEvents } from './replacement.ts';
import { restorePart } from './restore-part.ts';

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
    await rm(temporaryFolder(indexDir), { recursive: true, force: true });
    const catalogue = new Catalogue(indexDir);
    await removeOrphans(indexDir, catalogue, logger);
    await removeSpills(indexDir);
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
    await this.#writeFiles(rows, this.#byDay(rows, batch.stream, at), (files) =>
      catalogue.addBatch(files, batch.stream, batch.to),
    );
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
        await this.#writeFiles(rows, this.#byDay(rows, stream, null), (files) => catalogue.addFiles(files));
      }
    });
  }

  async replace(day: { readonly site: string; readonly day: string }, events: DayEvents['events']): Promise<number> {
    const { instance, catalogue, compactor } = this.#index;
    // Own connection: writes go on meanwhile, and take turns with the commit alone.
    const connection = await instance.connect();
    try {
      const { indexDir, memoryMb } = this.#options;
      return await replaceEvents({ connection, catalogue, indexDir, memoryMb }, { ...day, events });
    } finally {
      connection.closeSync();
      await compactor.removeReleased();
    }
  }

  /** @param commit from then on the files are part of the index */
  async #writeFiles(
    rows: BatchRows,
    days: ReadonlyMap<string, readonly number[]>,
    commit: (files: readonly NewFile[]) => void,
  ): Promise<void> {
    const files: NewFile[] = [];
    try {
      for (const [day, chosen] of days) files.push(await this.#freshFiles.write(day, rows, Uint32Array.from(chosen)));
      this.#options.fault?.('commit');
      commit(files);
    } catch (cause) {
      // the catalogue decides what exists; what it does not know is removed now or at the next start
      if (!this.#options.fault) {
        await this.#freshFiles.remove(files);
      }
      throw cause;
    }
    this.#index.compactor.wake();
  }

  /** The rows that the index lacks, by received day. */
  #byDay(rows: BatchRows, stream: string, at: JournalPosition | null): Map<string, number[]> {
    const { catalogue } = this.#index;
    const days = new Map<string, number[]>();
    // one query for each site and day, not for each row
    const packed = new Map<string, boolean>();
    let known = { site: 0, day: '', packed: false };
    for (let row = 0; row < rows.batch.rows; row++) {
      rows.check(row, stream);
      if (at && rows.isBefore(row, at)) continue;
      const day = rows.day(row);
      const site = rows.siteCodes[row] as number;
      if (site !== known.site || day !== known.day) {
        // the packed file has it already; it was made from the same journal
        const key = `${site} ${day}`;
        known = { site, day, packed: packed.get(key) ?? catalogue.isPacked(rows.site(row), day) };
        packed.set(key, known.packed);
      }
      if (known.packed) continue;
      const list = days.get(day);
      if (list) list.push(row);
      else days.set(day, [row]);
    }
    return days;
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
    // own connection: it takes as long as the iterable does, writes must go on meanwhile
    const connection = await this.#index.instance.connect();
    try {
      return await writePackedDay(connection, temporaryFolder(this.#options.indexDir), this.#options.memoryMb, day);
    } finally {
      connection.closeSync();
    }
  }

  async replaceDay(packed: PackedDay): Promise<void> {
    const { instance } = this.#index;
    const connection = await instance.connect();
    let file: NewFile;
    try {
      file = await inspectPackedDay(connection, packed);
    } finally {
      connection.closeSync();
    }
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

/** Files that a crash left between rename and commit: their records are still in the journal. */
async function removeOrphans(indexDir: string, catalogue: Catalogue, logger: Logger): Promise<void> {
  const known = new Set(catalogue.knownFiles().map((file) => file.path));
  for (const name of await readdir(fileFolder(indexDir))) {
    const file = path.join(fileFolder(indexDir), name);
    if (known.has(file)) continue;
    logger.info({ file: name }, 'removed an index file that was never committed');
    await rm(file, { force: true, recursive: true });
  }
}

/** Spill folders of processes that died. */
async function removeSpills(indexDir: string): Promise<void> {
  await mkdir(spillFolder(indexDir), { recursive: true });
  for (const pid of await readdir(spillFolder(indexDir))) {
    if (!isAlive(Number(pid))) await rm(path.join(spillFolder(indexDir), pid), { force: true, recursive: true });
  }
}
