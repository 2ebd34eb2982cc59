import { rm } from 'node:fs/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { PackedDay, PackedDayWriter } from '../../packed-days.ts';
import { openInstance, temporaryFolder } from '../instance.ts';
import { type DayToWrite, inspectPackedDay, writePackedDay } from './packed-day-file.ts';

export interface PackingOptions {
  /** Folder for what is being prepared. */
  readonly folder: string;
  readonly memoryMb: number;
  readonly threads: number;
}

/**
 * `events.parquet` of packed days where no index is open: it belongs to the evidence folder whatever serves the
 * searches. DuckDB is opened for each day and closed again: that is once a day and site.
 */
export class PackedDayFiles implements PackedDayWriter {
  readonly #options: PackingOptions;

  constructor(options: PackingOptions) {
    this.#options = options;
  }

  /** Removes what a crash left. Before the first call of the others. */
  async prepare(): Promise<void> {
    await rm(temporaryFolder(this.#options.folder), { recursive: true, force: true });
  }

  writeDayParquet(day: DayToWrite): Promise<{ readonly records: number }> {
    const { folder, memoryMb } = this.#options;
    return this.#withDuckDb(async (instance) => {
      const connection = await instance.connect();
      try {
        return await writePackedDay(connection, temporaryFolder(folder), memoryMb, day);
      } finally {
        connection.closeSync();
      }
    });
  }

  /** Reads the file back. Throws INVALID_INPUT when it does not hold exactly the day. */
  async check(packed: PackedDay): Promise<void> {
    await this.#withDuckDb(async (instance) => {
      const connection = await instance.connect();
      try {
        await inspectPackedDay(connection, packed);
      } finally {
        connection.closeSync();
      }
    });
  }

  async #withDuckDb<T>(work: (instance: DuckDBInstance) => Promise<T>): Promise<T> {
    const { folder, memoryMb, threads } = this.#options;
    const instance = await openInstance({ indexDir: folder, memoryMb, threads });
    try {
      return await work(instance);
    } finally {
      instance.closeSync();
    }
  }
}
