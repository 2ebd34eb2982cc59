import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { publishFile } from '@logmaster/core/durable-files';
import type { NewFile } from '../catalogue/catalogue-files.ts';
import { fileFolder } from '../catalogue/catalogue-schema.ts';
import { temporaryFolder } from '../instance.ts';
import { writeBatchFile } from './batch-file.ts';
import type { BatchRows } from './batch-rows.ts';
import { newestFirst } from './newest-first.ts';

/** Where a write can die; tests make it. */
export type WriteStep = 'parquet' | 'rename' | 'commit';

/** Makes files of the index. They are part of it once the catalogue says so; those it never heard of go at the next start. */
export class FreshFileWriter {
  readonly #indexDir: string;
  readonly #fault: ((step: WriteStep) => void) | undefined;

  constructor(indexDir: string, fault?: (step: WriteStep) => void) {
    this.#indexDir = indexDir;
    this.#fault = fault;
  }

  /** One file with the chosen rows of a batch, all received on `day`. */
  async write(day: string, rows: BatchRows, chosen: Uint32Array): Promise<NewFile> {
    const name = `${day}-0-${randomUUID()}.parquet`;
    const temporary = path.join(temporaryFolder(this.#indexDir), name);
    this.#fault?.('parquet');
    await writeBatchFile(rows.batch, newestFirst(rows.batch, chosen), temporary);
    const { size } = await stat(temporary);
    this.#fault?.('rename');
    await publishFile(temporary, path.join(fileFolder(this.#indexDir), name));
    return { path: name, tier: 'fresh', level: 0, day, bytes: size, facts: rows.facts(chosen) };
  }

  /**
   * A file for each day with its rows. What was written before a failure is removed.
   * @param commit from then on the files are part of the index
   */
  async writeDays(
    rows: BatchRows,
    days: ReadonlyMap<string, readonly number[]>,
    commit: (files: readonly NewFile[]) => void,
  ): Promise<void> {
    const files: NewFile[] = [];
    try {
      for (const [day, chosen] of days) files.push(await this.write(day, rows, Uint32Array.from(chosen)));
      this.#fault?.('commit');
      commit(files);
    } catch (cause) {
      // Where tests make the process die, nobody is left to remove them: the next start does.
      if (!this.#fault) await this.remove(files);
      throw cause;
    }
  }

  /** Of a write that failed. */
  async remove(files: readonly NewFile[]): Promise<void> {
    for (const file of files) await rm(path.join(fileFolder(this.#indexDir), file.path), { force: true });
  }
}
