import { setTimeout as sleep } from 'node:timers/promises';
import type { PartHealth } from '@logmaster/core/api/health';
import { AppError, toAppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Scope } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';
import type { Logger } from '@logmaster/telemetry/logger';
import type {
  CallOptions,
  Histogram,
  JournalPosition,
  SearchField,
  SearchPage,
  SearchQuery,
  SearchStore,
  TopValues,
} from '../store.ts';
import { openCatalogue } from './catalogue/catalogue-schema.ts';
import { incomplete } from './failures.ts';
import { HostProcess } from './host-process.ts';
import type { HostMethod, HostOpen } from './host-protocol.ts';

/** Wait before the host is started again: doubles with each death in a row, and begins anew after a minute of life. */
const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 10_000;
const STABLE_AFTER_MS = 60_000;

export interface ReaderOptions {
  readonly indexDir: string;
  readonly memoryMb: number;
  readonly hostModule: string;
  readonly logger: Logger;
  readonly threads?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly queue?: number | undefined;
  readonly timeLimitMs?: number | undefined;
}

/** The index as web and cli have it. The host starts with the first search and again after each death. */
export class DuckDbReader implements SearchStore {
  readonly name = 'search';
  readonly #options: ReaderOptions;
  #host: HostProcess | undefined;
  #starting: Promise<HostProcess> | undefined;
  #deaths = 0;
  #stopped = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#starting?.catch(() => undefined);
    await this.#host?.stop();
  }

  /** Process id of the running host, for operators and tests. */
  get hostPid(): number | undefined {
    return this.#host?.alive ? this.#host.pid : undefined;
  }

  #connect(): Promise<HostProcess> {
    if (this.#stopped) return Promise.reject(new AppError('SEARCH_UNAVAILABLE', { detail: 'the search was stopped' }));
    if (this.#host?.alive) return Promise.resolve(this.#host);
    this.#starting ??= this.#launch().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #launch(): Promise<HostProcess> {
    const {
      indexDir,
      memoryMb,
      hostModule,
      logger,
      threads = 2,
      concurrency = 3,
      queue = 100,
      timeLimitMs = 30_000,
    } = this.#options;
    if (this.#deaths > 0) await sleep(Math.min(FIRST_BACKOFF_MS * 2 ** (this.#deaths - 1), LAST_BACKOFF_MS));
    if (this.#stopped) throw new AppError('SEARCH_UNAVAILABLE', { detail: 'the search was stopped' });
    const open: HostOpen = { kind: 'open', indexDir, memoryMb, threads, concurrency, queue, timeLimitMs };
    const host = new HostProcess(hostModule, open, logger);
    const started = Date.now();
    void host.ended.then(() => {
      this.#deaths = Date.now() - started > STABLE_AFTER_MS ? 1 : this.#deaths + 1;
      if (!this.#stopped)
        logger.error(
          { pid: host.pid, deaths: this.#deaths },
          'the search engine ended; it starts again with the next search',
        );
    });
    await host.ready;
    this.#host = host;
    return host;
  }

  async #call<T>(method: HostMethod, args: readonly unknown[], options: CallOptions = {}): Promise<T> {
    if (options.signal?.aborted) throw new AppError('SEARCH_CANCELLED');
    const host = await this.#connect();
    if (options.signal?.aborted) throw new AppError('SEARCH_CANCELLED');
    const { value, notices } = await host.call(method, args, options.signal);
    for (const notice of notices) {
      if (!options.onNotice) throw incomplete(notice.days);
      options.onNotice(notice);
    }
    return value as T;
  }

  write(): Promise<void> {
    return Promise.reject(new AppError('INTERNAL', { detail: 'this process reads the index, it does not write it' }));
  }

  async position(stream: string): Promise<JournalPosition | null> {
    const database = openCatalogue(this.#options.indexDir);
    if (!database) return null;
    try {
      const row = database.prepare('SELECT journal, sequence FROM position WHERE stream = ?').get(stream);
      return row ? { journal: Number(row.journal), sequence: Number(row.sequence) } : null;
    } finally {
      database.close();
    }
  }

  search(
    query: SearchQuery,
    page: { size: number; after?: string | undefined },
    options?: CallOptions,
  ): Promise<SearchPage> {
    return this.#call('search', [query, page], options);
  }

  count(query: SearchQuery, options?: CallOptions): Promise<number> {
    return this.#call('count', [query], options);
  }

  histogram(
    query: SearchQuery & { from: Micros; to: Micros },
    shape: { buckets: number; stackBy?: SearchField | undefined },
    options?: CallOptions,
  ): Promise<Histogram> {
    return this.#call('histogram', [query, shape], options);
  }

  topValues(query: SearchQuery, field: SearchField, size: number, options?: CallOptions): Promise<TopValues> {
    return this.#call('topValues', [query, field, size], options);
  }

  get(recordId: string, scope: Scope, options?: CallOptions): Promise<FlatEvent | null> {
    return this.#call('get', [recordId, scope], options);
  }

  async health(): Promise<PartHealth> {
    try {
      return await this.#call<PartHealth>('health', []);
    } catch (thrown) {
      return { name: this.name, state: 'down', reason: toAppError(thrown).message };
    }
  }
}
