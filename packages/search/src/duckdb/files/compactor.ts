import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { publishFile } from '@logmaster/core/durable-files';
import type { Logger } from '@logmaster/telemetry/logger';
import { concatenate } from '../../parquet/concatenate.ts';
import type { Catalogue, FreshFile } from '../catalogue/catalogue.ts';
import { fileFolder } from '../catalogue/catalogue-schema.ts';
import { planMerge } from '../catalogue/merge-plan.ts';
import { ALL_COLUMNS_SQL, NEWEST_FIRST_SQL, parquetOptions } from '../columns.ts';
import { temporaryFolder } from '../instance.ts';
import { readByName } from '../sql/source-sql.ts';
import { literal } from './batch-file.ts';

/** After a merge that took t, nothing for t × this: receiving has the first right to the cores. */
const REST_FACTOR = 2;
/** From this many files on, merging no longer rests: searches would open too many. */
const CROWDED = 400;
const RETRY_AFTER_FAILURE_MS = 10_000;

/**
 * Merges Parquet files into a new one: rows sorted (spilling to disk beyond the memory limit), or in the files' own
 * order, which streams through and costs a third. Files of one stream follow each other in time, so the newest file
 * first gives row groups nearly as narrow as a sort does; no search relies on order inside a file.
 */
export async function mergeFiles(
  connection: DuckDBConnection,
  sources: readonly string[],
  target: string,
  memoryMb: number,
  order: 'sorted' | 'as given',
): Promise<void> {
  const list = sources.map(literal).join(', ');
  const size = await connection.run(
    `SELECT coalesce(sum(total_uncompressed_size) / max(rows), 0)::DOUBLE FROM parquet_metadata([${list}]),
       (SELECT greatest(sum(num_rows), 1) AS rows FROM parquet_file_metadata([${list}]))`,
  );
  const [[rowBytes] = []] = await size.getRows();
  const sorting = order === 'sorted' ? `ORDER BY ${NEWEST_FIRST_SQL}` : '';
  await connection.run(
    `COPY (SELECT ${ALL_COLUMNS_SQL} FROM (${readByName(`[${list}]`)}) ${sorting}) TO ${literal(target)}
       (${parquetOptions(Number(rowBytes), memoryMb)})`,
  );
}

export interface CompactorOptions {
  readonly indexDir: string;
  /** DuckDB's memory limit, MiB. */
  readonly memoryMb: number;
  readonly catalogue: Catalogue;
  readonly connect: () => Promise<DuckDBConnection>;
  readonly logger: Logger;
}

/** Merges small files in the background, one merge at a time. A failed merge changes nothing and is tried again. */
export class Compactor {
  readonly #options: CompactorOptions;
  #running: Promise<void> | undefined;
  #connection: DuckDBConnection | undefined;
  #rest: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: CompactorOptions) {
    this.#options = options;
  }

  /** Looks for work, unless it is at it or resting. */
  wake(): void {
    if (this.#stopped || this.#running || this.#rest) return;
    this.#running = this.#once().finally(() => {
      this.#running = undefined;
    });
  }

  async #once(): Promise<void> {
    const { catalogue, logger } = this.#options;
    const started = performance.now();
    try {
      const files = catalogue.freshFiles();
      const merged = await this.mergeNext(files);
      await this.removeReleased();
      if (merged) this.#sleep(files.length > CROWDED ? 0 : (performance.now() - started) * REST_FACTOR);
    } catch (error) {
      if (this.#stopped) return;
      logger.error({ err: error }, 'merging index files failed; it will be tried again');
      this.#sleep(RETRY_AFTER_FAILURE_MS);
    }
  }

  #sleep(ms: number): void {
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.wake();
    }, ms).unref();
  }

  /** One merge; false when there is nothing to merge. */
  async mergeNext(files: readonly FreshFile[]): Promise<boolean> {
    const { indexDir, memoryMb, catalogue, logger } = this.#options;
    const sources = planMerge(files);
    if (!sources) return false;
    const { day, level } = sources[0] as FreshFile;
    const name = `${day}-${level + 1}-${randomUUID()}.parquet`;
    const temporary = path.join(temporaryFolder(indexDir), name);
    const final = path.join(fileFolder(indexDir), name);
    const started = performance.now();
    let kept = false;
    try {
      // newest first, as the rows in them
      const paths = sources.map((file) => path.join(fileFolder(indexDir), file.path)).reverse();
      const facts = catalogue.facts(sources);
      if (!(await concatenate(paths, temporary, facts.rows))) {
        this.#connection ??= await this.#options.connect();
        await mergeFiles(this.#connection, paths, temporary, memoryMb, 'as given');
      }
      const { size } = await stat(temporary);
      await publishFile(temporary, final);
      kept = catalogue.swap(sources, { path: name, tier: 'fresh', level: level + 1, day, bytes: size, facts });
      logger.debug(
        { files: sources.length, rows: facts.rows, ms: Math.round(performance.now() - started) },
        'index files merged',
      );
      return true;
    } finally {
      if (!kept) for (const leftover of [temporary, final]) await rm(leftover, { force: true });
    }
  }

  /** Deletes files that were replaced, once nobody reads them. */
  async removeReleased(): Promise<void> {
    const released = this.#options.catalogue.releasedFiles();
    for (const { path: file } of released) if (file !== undefined) await rm(file, { force: true });
    if (released.length > 0) this.#options.catalogue.forget(released.map(({ id }) => id));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#rest);
    this.#connection?.interrupt();
    await this.#running;
    this.#connection?.closeSync();
  }
}
