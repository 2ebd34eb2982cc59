import type { Logger } from '@logmaster/telemetry/logger';
import { DuckDbReader } from './duckdb/reader.ts';
import { DuckDbWriter } from './duckdb/writer.ts';
import type { PackedDayIndex } from './packed-days.ts';
import type { SheddableIndex } from './sheddable-index.ts';
import type { ReplayStore, SearchStore } from './store.ts';

export interface DuckDbWriterOptions {
  /** Folder of the catalogue and the Parquet files (`dataLayout().index`). One writer at a time. */
  readonly indexDir: string;
  /** Limit of DuckDB's memory inside this process, MiB. */
  readonly memoryMb: number;
  /** DuckDB threads, 1 or 2: the processor shares its cores with receiving. */
  readonly threads: number;
  readonly logger: Logger;
}

export interface DuckDbReaderOptions {
  /** The writer's folder. */
  readonly indexDir: string;
  /** Limit of DuckDB's memory in the host process, MiB. */
  readonly memoryMb: number;
  /** Absolute path of packages/search/src/duckdb/host.ts: callers that are bundled can't resolve it themselves. */
  readonly hostModule: string;
  readonly logger: Logger;
  /** Searches that run at the same time (3), that may wait (100), and how long one may take (30 s). */
  readonly concurrency?: number | undefined;
  readonly queue?: number | undefined;
  readonly timeLimitMs?: number | undefined;
}

/** The index as the processor has it: DuckDB runs inside this process. */
export function openDuckDbWriter(
  options: DuckDbWriterOptions,
): SearchStore & ReplayStore & PackedDayIndex & SheddableIndex {
  return new DuckDbWriter(options);
}

/** The index as web and cli have it: DuckDB runs in a child process, `write` throws INTERNAL. */
export function openDuckDbReader(options: DuckDbReaderOptions): SearchStore {
  return new DuckDbReader(options);
}
