import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { PartHealth } from '@logmaster/core/api/health';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Scope } from '@logmaster/core/scope';
import { type Micros, utcDay } from '@logmaster/core/time';
import type { Logger } from '@logmaster/telemetry/logger';
import { type IndexedEvent, indexedOf, isBefore } from '../indexed-event.ts';
import type { PackedDay, PackedDayIndex } from '../packed-days.ts';
import type { CallOptions, EventBatch, JournalPosition, SearchField, SearchQuery, SearchStore } from '../store.ts';
import { batchBytes, textBytes, writeBatchFile } from './batch-file.ts';
import { Catalogue, type NewFile } from './catalogue.ts';
import { fileFolder } from './catalogue-schema.ts';
import { Compactor } from './compactor.ts';
import { publish } from './durable.ts';
import { DuckDbEngine } from './engine.ts';
import { FactsCollector } from './file-facts.ts';
import { fileHealth } from './health.ts';
import { openInstance, spillFolder, temporaryFolder } from './instance.ts';
import { inspectPackedDay, writePackedDay } from './packed-day-file.ts';
import { isAlive } from './process-alive.ts';

export interface WriterOptions {
  readonly indexDir: string;
  readonly memoryMb: number;
  readonly threads: number;
  readonly logger: Logger;
  /** Tests only: called before each step of a write; what it throws stands for the process dying there. */
  readonly fault?: ((step: 'parquet' | 'rename' | 'commit') => void) | undefined;
}

const NOT_STARTED = { detail: 'the index is not open' };

interface Open {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly catalogue: Catalogue;
  readonly compactor: Compactor;
  readonly engine: DuckDbEngine;
}

/** The index in the process that writes it. Writes run one after the other; reads and merges run beside them. */
export class DuckDbWriter implements SearchStore, PackedDayIndex {
  readonly name = 'search index';
  readonly #options: WriterOptions;
  #open: Open | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: WriterOptions) {
    this.#options = options;
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
    this.#open = { instance, connection: await connect(), catalogue, compactor, engine };
    compactor.wake();
  }

  async stop(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    await Promise.allSettled([this.#writing]);
    await open.compactor.stop();
    open.engine.close();
    open.connection.closeSync();
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
    const { catalogue, compactor } = this.#index;
    const at = catalogue.position(batch.stream);
    if (at && !isBefore(at, batch.to)) return;
    const days = new Map<string, IndexedEvent[]>();
    // one query for each site and day, not for each event
    const packed = new Map<string, boolean>();
    for (const event of batch.events) {
      const one = indexedOf(batch.stream, event);
      if (at && isBefore(one.position, at)) continue;
      const day = utcDay(one.receivedAt);
      // the packed file has it already; it was made from the same journal
      const key = `${one.site} ${day}`;
      const isPacked = packed.get(key) ?? catalogue.isPacked(one.site, day);
      packed.set(key, isPacked);
      if (isPacked) continue;
      const list = days.get(day);
      if (list) list.push(one);
      else days.set(day, [one]);
    }
    const files: NewFile[] = [];
    try {
      for (const [day, events] of days) {
        for (const part of inParts(events, batchBytes(this.#options.memoryMb))) {
          files.push(await this.#writeFile(day, part));
        }
      }
      this.#options.fault?.('commit');
      catalogue.addBatch(files, batch.stream, batch.to);
    } catch (cause) {
      // the catalogue decides what exists; what it does not know is removed now or at the next start
      if (!this.#options.fault) {
        for (const file of files) await rm(path.join(fileFolder(this.#options.indexDir), file.path), { force: true });
      }
      throw cause;
    }
    compactor.wake();
  }

  async #writeFile(day: string, events: readonly IndexedEvent[]): Promise<NewFile> {
    const { indexDir, fault } = this.#options;
    const facts = new FactsCollector();
    for (const event of events) facts.add(event);
    const name = `${day}-0-${randomUUID()}.parquet`;
    const temporary = path.join(temporaryFolder(indexDir), name);
    fault?.('parquet');
    await writeBatchFile(
      this.#index.connection,
      events.map(({ event }) => event),
      temporary,
    );
    const { size } = await stat(temporary);
    fault?.('rename');
    await publish(temporary, path.join(fileFolder(indexDir), name));
    return { path: name, tier: 'fresh', level: 0, day, bytes: size, facts: facts.facts };
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

/** Batches of ordinary size stay whole; one of very long records becomes several files. */
function* inParts(events: readonly IndexedEvent[], limit: number): Generator<IndexedEvent[]> {
  let part: IndexedEvent[] = [];
  let bytes = 0;
  for (const one of events) {
    part.push(one);
    bytes += textBytes(one.event);
    if (bytes < limit) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
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
