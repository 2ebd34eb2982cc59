import { AppError } from '@logmaster/core/errors';
import type { Logger } from '@logmaster/telemetry/logger';

/** What reading needs. */
export interface ElasticsearchOptions {
  /** One URL a node, `https://host:9200`. Requests go round; a node that does not answer is asked less. */
  readonly urls: readonly string[];
  readonly auth?: { readonly username: string; readonly password: string } | { readonly apiKey: string } | undefined;
  /** PEM file of the authority that signed the nodes' certificates; the system's authorities where undefined. */
  readonly caFile?: string | undefined;
  /** Begins the name of every index and template (`logmaster`): `[a-z][a-z0-9_]*`. */
  readonly prefix?: string | undefined;
  /** How long a search may take, ms (30 000). */
  readonly timeLimitMs?: number | undefined;
  readonly logger: Logger;
  /** Instead of SEARCH_LIMITS: tests reach the borders with few records. */
  readonly limits?: Partial<SearchLimits> | undefined;
}

/** What writing needs besides. */
export interface ElasticsearchStoreOptions extends ElasticsearchOptions {
  /** Part of the index name (`default`): `[a-z0-9_]+`. Another value for the same records is another index: rebuild. */
  readonly retention?: string | undefined;
  /** Copies of each shard beyond the first (1). With 0 the loss of a node loses its part of the index. */
  readonly replicas?: number | undefined;
  /** Primary shards of a day's index (1). */
  readonly shards?: number | undefined;
  /** Tiers on which new indices may lie, most wanted first (`data_hot,data_content`). */
  readonly tierPreference?: string | undefined;
  /** Where `events.parquet` of a packed day is prepared (`dataLayout().index`), and DuckDB's memory and threads for it. */
  readonly packing: { readonly folder: string; readonly memoryMb: number; readonly threads: number };
}

/** Sizes of single requests. */
export interface SearchLimits {
  /** Hits fetched at once: with raw texts of 64 KiB twice in each, 64 MiB. */
  readonly hits: number;
  /** Records looked at here, one by one, at once. */
  readonly checked: number;
  /** Groups fetched at once; `search.max_buckets` is 65 536. */
  readonly groups: number;
  /** Values a shard names at most in one list. */
  readonly shardValues: number;
}

export const SEARCH_LIMITS: SearchLimits = { hits: 500, checked: 250, groups: 10_000, shardValues: 20_000 };

const DEFAULT_PREFIX = 'logmaster';
const DEFAULT_RETENTION = 'default';
const DEFAULT_TIERS = 'data_hot,data_content';
const TIME_LIMIT_MS = 30_000;

function fault(detail: string): AppError {
  return new AppError('CONFIG_INVALID', { detail });
}

/** Reading options with their defaults. Throws CONFIG_INVALID. */
export function resolveOptions(options: ElasticsearchOptions) {
  const { urls, prefix = DEFAULT_PREFIX, timeLimitMs = TIME_LIMIT_MS } = options;
  if (urls.length === 0) throw fault('Elasticsearch needs the URL of at least one node');
  for (const url of urls) {
    const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
    if (protocol !== 'http:' && protocol !== 'https:') throw fault(`“${url}” is no URL of an Elasticsearch node`);
  }
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(prefix)) {
    throw fault(
      `an index prefix has lower-case letters, digits and underscores, and begins with a letter: “${prefix}”`,
    );
  }
  return { ...options, prefix, timeLimitMs, limits: { ...SEARCH_LIMITS, ...options.limits } };
}

/** Writing options with their defaults. Throws CONFIG_INVALID. */
export function resolveStoreOptions(options: ElasticsearchStoreOptions) {
  const { retention = DEFAULT_RETENTION, replicas = 1, shards = 1, tierPreference = DEFAULT_TIERS } = options;
  if (!/^[a-z0-9_]{1,40}$/.test(retention)) {
    throw fault(`a retention class has lower-case letters, digits and underscores: “${retention}”`);
  }
  return { ...options, ...resolveOptions(options), retention, replicas, shards, tierPreference };
}
