import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { publishFile } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import type { Catalogue, DayFile } from '../catalogue/catalogue.ts';
import type { NewFile } from '../catalogue/catalogue-files.ts';
import { fileFolder } from '../catalogue/catalogue-schema.ts';
import { Snapshots } from '../catalogue/snapshot.ts';
import { ALL_COLUMNS_SQL, NEWEST_FIRST_SQL, parquetOptions, quoted } from '../columns.ts';
import { temporaryFolder } from '../instance.ts';
import { plainValue } from '../sql/rows.ts';
import { literal } from './batch-file.ts';
import { type DayEvents, writeParts } from './part-files.ts';

/** Merges may take a file away while it is rewritten; they rest for longer than they run. */
const ATTEMPTS = 5;
/** How large a row is taken to be, bytes: raw text of a record, and its other columns. */
const ROW_BYTES = 2048;

interface Index {
  readonly connection: DuckDBConnection;
  readonly catalogue: Catalogue;
  readonly indexDir: string;
  readonly memoryMb: number;
}

interface Change {
  readonly old: DayFile;
  readonly file: NewFile;
  /** Rows of `file` that were replaced. */
  readonly replaced: number;
}

const ID = quoted('logmaster.record.id');
const TIMESTAMP = quoted('@timestamp');
const read = (files: readonly string[]) => `read_parquet([${files.map(literal).join(', ')}])`;

/**
 * Files that hold records of the events are written again with the new rows, and take the place of the old ones in one
 * transaction of the catalogue: a search that runs goes on reading the old ones. A packed day's file belongs to the
 * evidence and stays as it is: the new one stands in the index folder.
 */
export async function replaceEvents(index: Index, given: DayEvents): Promise<number> {
  const folder = path.join(temporaryFolder(index.indexDir), `replace-${randomUUID()}`);
  const snapshots = new Snapshots(index.indexDir);
  try {
    const { parts, records } = await writeParts(folder, given);
    if (records === 0) return 0;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Files that a merge takes away meanwhile stay on disk as long.
      const lease = snapshots.take({});
      try {
        const replaced = await replaceOnce(index, given, parts);
        if (replaced !== undefined) return replaced;
      } finally {
        lease.release();
      }
    }
    throw new AppError('CONFLICT', { detail: `the index files of ${given.site} and ${given.day} change all the time` });
  } finally {
    snapshots.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined when a file has been replaced by another meanwhile. */
async function replaceOnce(
  index: Index,
  { site, day }: Pick<DayEvents, 'site' | 'day'>,
  parts: readonly string[],
): Promise<number | undefined> {
  const { catalogue, indexDir } = index;
  const changes: Change[] = [];
  let kept = false;
  try {
    for (const old of catalogue.filesOf(site, day)) {
      const change = await rewriteFile(index, old, parts);
      if (change !== undefined) changes.push(change);
    }
    kept = changes.length === 0 || catalogue.rewrite(site, changes);
    return kept ? changes.reduce((sum, { replaced }) => sum + replaced, 0) : undefined;
  } finally {
    // Of what the catalogue does not know nothing may stay.
    if (!kept)
      for (const { file } of changes)
        await rm(path.join(fileFolder(indexDir), path.basename(file.path)), { force: true });
  }
}

/** Undefined when the file has none of the records. */
async function rewriteFile(
  { connection, catalogue, indexDir, memoryMb }: Index,
  old: DayFile,
  parts: readonly string[],
): Promise<Change | undefined> {
  const [source, fresh] = [read([old.path]), read(parts)];
  const [[replaced] = [0]] = await rowsOf(
    connection,
    `SELECT count(*) FROM ${source} WHERE ${ID} IN (SELECT ${ID} FROM ${fresh})`,
  );
  if (Number(replaced) === 0) return undefined;
  const name = `${old.day}-${old.level}-${randomUUID()}.parquet`;
  const temporary = path.join(temporaryFolder(indexDir), name);
  const final = path.join(fileFolder(indexDir), name);
  try {
    await connection.run(
      `COPY (SELECT ${ALL_COLUMNS_SQL} FROM ${source} WHERE ${ID} NOT IN (SELECT ${ID} FROM ${fresh})
         UNION ALL SELECT ${ALL_COLUMNS_SQL} FROM ${fresh} WHERE ${ID} IN (SELECT ${ID} FROM ${source})
         ORDER BY ${NEWEST_FIRST_SQL}) TO ${literal(temporary)} (${parquetOptions(ROW_BYTES, memoryMb)})`,
    );
    const [[rows, from, to] = []] = await rowsOf(
      connection,
      `SELECT count(*), min(${TIMESTAMP}), max(${TIMESTAMP}) FROM ${read([temporary])}`,
    );
    if (Number(rows) !== old.rows)
      throw new AppError('INTERNAL', { detail: `${name} would have ${rows} records in the place of ${old.rows}` });
    const { size } = await stat(temporary);
    await publishFile(temporary, final);
    const facts = { ...catalogue.facts([old]), minTimestamp: Number(from), maxTimestamp: Number(to) };
    const tier = old.packed ? 'packed' : 'fresh';
    const file = { path: old.packed ? final : name, tier, level: old.level, day: old.day, bytes: size, facts } as const;
    return { old, file, replaced: Number(replaced) };
  } finally {
    await rm(temporary, { force: true });
  }
}

async function rowsOf(connection: DuckDBConnection, sql: string) {
  const result = await connection.run(sql);
  return (await result.getRows()).map((row) => row.map((value) => plainValue(value)));
}
