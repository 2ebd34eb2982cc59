import type { Client } from '@elastic/elasticsearch';
import type { PartHealth } from '@logmaster/core/api/health';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Scope } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';
import type {
  CallOptions,
  EventBatch,
  Histogram,
  JournalPosition,
  SearchField,
  SearchPage,
  SearchQuery,
  SearchStore,
  TopValues,
} from '../store.ts';
import { createClient } from './client.ts';
import { ElasticsearchEngine } from './engine.ts';
import { Gate } from './gate.ts';
import { clusterHealth } from './health.ts';
import { eventsPattern, positionsIndex } from './index-names.ts';
import { type ElasticsearchOptions, resolveOptions } from './options.ts';
import { Positions } from './positions.ts';
import { checkServer } from './server-check.ts';

/** The index as web and cli have it: `write` throws INTERNAL, and nothing of DuckDB is loaded. */
export function openElasticsearchReader(options: ElasticsearchOptions): SearchStore {
  return new ElasticsearchReader(options);
}

/** What is open between start and stop. */
export interface Connection {
  readonly client: Client;
  readonly gate: Gate;
  readonly engine: ElasticsearchEngine;
}

/**
 * Searches in Elasticsearch. `start` throws CONFIG_INVALID for a server that will never do; one that is away is waited
 * for: calls throw SEARCH_UNAVAILABLE meanwhile, and health says why.
 */
export class ElasticsearchReader implements SearchStore {
  readonly name: string = 'search index';
  readonly #options: ReturnType<typeof resolveOptions>;
  #connection: Connection | undefined;

  constructor(options: ElasticsearchOptions) {
    this.#options = resolveOptions(options);
  }

  /** What must hold before the cluster is used. */
  protected prepare(client: Client): Promise<void> {
    return checkServer(client);
  }

  protected get connection(): Connection {
    if (!this.#connection) throw new AppError('SEARCH_UNAVAILABLE', { detail: 'the index is not open' });
    return this.#connection;
  }

  async start(): Promise<void> {
    const { prefix, limits, timeLimitMs, logger } = this.#options;
    const client = createClient(this.#options);
    const gate = new Gate(() => this.prepare(client));
    const engine = new ElasticsearchEngine({ client, gate, pattern: eventsPattern(prefix), limits, timeLimitMs });
    try {
      await gate.pass();
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'SEARCH_UNAVAILABLE') {
        await client.close();
        throw thrown;
      }
      logger.warn({ err: thrown }, 'Elasticsearch is away; its work waits until it is back');
    }
    this.#connection = { client, gate, engine };
  }

  async stop(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.client.close();
  }

  async write(_batch: EventBatch): Promise<void> {
    throw new AppError('INTERNAL', { detail: 'this process reads the index, it does not write it' });
  }

  async position(stream: string): Promise<JournalPosition | null> {
    const { client, gate } = this.connection;
    return gate.through(() => new Positions(client, positionsIndex(this.#options.prefix)).of(stream));
  }

  async search(
    query: SearchQuery,
    page: { size: number; after?: string | undefined },
    options?: CallOptions,
  ): Promise<SearchPage> {
    return this.connection.engine.search(query, page, options);
  }

  async count(query: SearchQuery, options?: CallOptions): Promise<number> {
    return this.connection.engine.count(query, options);
  }

  async histogram(
    query: SearchQuery & { from: Micros; to: Micros },
    shape: { buckets: number; stackBy?: SearchField | undefined },
    options?: CallOptions,
  ): Promise<Histogram> {
    return this.connection.engine.histogram(query, shape, options);
  }

  async topValues(query: SearchQuery, field: SearchField, size: number, options?: CallOptions): Promise<TopValues> {
    return this.connection.engine.topValues(query, field, size, options);
  }

  async get(recordId: string, scope: Scope, options?: CallOptions): Promise<FlatEvent | null> {
    return this.connection.engine.get(recordId, scope, options);
  }

  async health(): Promise<PartHealth> {
    if (!this.#connection) return { name: this.name, state: 'down', reason: 'the index is not open' };
    const { client, gate } = this.#connection;
    return clusterHealth(this.name, { client, gate, pattern: eventsPattern(this.#options.prefix) });
  }
}
