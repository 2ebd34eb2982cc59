import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { FlatEvent } from '@logmaster/core/event/event';
import { type BatchColumn, batchColumns } from './batch-columns.ts';
import { COLUMNS, type Column, LABELS_COLUMN, MESSAGE_AT_COLUMN, parquetOptions, quoted } from './columns.ts';

/** DuckDB's vector size: the most rows a chunk holds. */
const CHUNK_ROWS = 2048;

/** Batches are small enough to be one row group or a few of full length. */
const PARQUET_SQL = parquetOptions(0, 1);

/** Name of the one-row table of dictionaries, and of the batch itself. */
const DICTIONARIES = 'dictionaries';
const BATCH = 'batch';

/**
 * How a column travels: dates and longs as doubles (exact up to 2^53, no BigInt is made per cell), text as itself or as
 * codes, labels as JSON; `storedAs` makes them what they are.
 */
function transportType({ column, dictionary }: BatchColumn) {
  if (dictionary !== undefined || column.name === MESSAGE_AT_COLUMN) return { sql: 'INTEGER', type: INTEGER };
  const number = column.sqlType === 'TIMESTAMP' || column.sqlType === 'BIGINT';
  return number ? { sql: 'DOUBLE', type: DOUBLE } : { sql: 'VARCHAR', type: VARCHAR };
}

function storedAs(column: Column, present: BatchColumn | undefined): string {
  const name = quoted(column.name);
  if (present === undefined) return `CAST(NULL AS ${column.sqlType}) AS ${name}`;
  const cell = `${BATCH}.${name}`;
  if (present.dictionary !== undefined) return `list_extract(${DICTIONARIES}.${name}, ${cell}) AS ${name}`;
  if (column.sqlType === 'TIMESTAMP') return `make_timestamp(CAST(${cell} AS BIGINT)) AS ${name}`;
  if (column.sqlType === 'BIGINT') return `CAST(${cell} AS BIGINT) AS ${name}`;
  if (column.name === LABELS_COLUMN) {
    return `map_from_entries(CAST(CAST(${cell} AS JSON) AS STRUCT("key" VARCHAR, "value" VARCHAR)[])) AS ${name}`;
  }
  return cell;
}

/** Text that one call of `writeBatchFile` may get under a memory limit; DuckDB holds it about four times. */
export const batchBytes = (memoryMb: number) => (memoryMb * 1_048_576) / 16;
/** Rough size of an event: nearly all of it is its raw text. */
export const textBytes = (event: FlatEvent) =>
  (event['event.original']?.length ?? 0) + (event.message?.length ?? 0) + 500;

/** Writes events to a new Parquet file, newest first. Runs in DuckDB's threads; only the copy into chunks is here. */
export async function writeBatchFile(
  connection: DuckDBConnection,
  events: readonly FlatEvent[],
  path: string,
): Promise<void> {
  // Nearly sorted already; a sort in DuckDB would move every column.
  const columns = batchColumns(events.toSorted(newestFirst));
  if (columns.length === 0) {
    const empty = COLUMNS.map((column) => storedAs(column, undefined));
    await connection.run(`COPY (SELECT ${empty.join(', ')} LIMIT 0) TO ${literal(path)} (${PARQUET_SQL})`);
    return;
  }
  await fillBatch(connection, columns, events.length);
  const from = (await fillDictionaries(connection, columns)) ? `${BATCH} CROSS JOIN ${DICTIONARIES}` : BATCH;
  const byName = new Map(columns.map((present) => [present.column.name, present]));
  const select = COLUMNS.map((column) => storedAs(column, byName.get(column.name)));
  await connection.run(`COPY (SELECT ${select.join(', ')} FROM ${from}) TO ${literal(path)} (${PARQUET_SQL})`);
  await connection.run(`DROP TABLE ${BATCH}`);
}

/** The order of NEWEST_FIRST_SQL; record ids are ASCII, so both compare them alike. */
function newestFirst(a: FlatEvent, b: FlatEvent): number {
  const later = (b['@timestamp'] ?? 0) - (a['@timestamp'] ?? 0);
  if (later !== 0) return later;
  return (a['logmaster.record.id'] ?? '') < (b['logmaster.record.id'] ?? '') ? 1 : -1;
}

async function fillBatch(connection: DuckDBConnection, columns: readonly BatchColumn[], length: number): Promise<void> {
  const definition = columns.map((present) => `${quoted(present.column.name)} ${transportType(present).sql}`);
  const types = columns.map((present) => transportType(present).type);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${BATCH} (${definition.join(', ')})`);
  const appender = await connection.createAppender(BATCH);
  for (let start = 0; start < length; start += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, length - start);
    const chunk = DuckDBDataChunk.create(types, rows);
    for (const [index, { cells }] of columns.entries()) {
      chunk.setColumnValues(index, rows === length ? cells : cells.slice(start, start + rows));
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** False when no column has a dictionary. */
async function fillDictionaries(connection: DuckDBConnection, columns: readonly BatchColumn[]): Promise<boolean> {
  const coded = columns.filter(({ dictionary }) => dictionary !== undefined);
  if (coded.length === 0) return false;
  const definition = coded.map(({ column }) => `${quoted(column.name)} VARCHAR[]`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${DICTIONARIES} (${definition.join(', ')})`);
  const appender = await connection.createAppender(DICTIONARIES);
  const chunk = DuckDBDataChunk.create(
    coded.map(() => LIST(VARCHAR)),
    1,
  );
  for (const [index, { dictionary = [] }] of coded.entries()) chunk.setColumnValues(index, [listValue(dictionary)]);
  appender.appendDataChunk(chunk);
  appender.closeSync();
  return true;
}

/** A path of our own as SQL text: COPY … TO takes no parameter. */
export function literal(path: string): string {
  if (path.includes('\0')) throw new TypeError('a path can’t contain NUL');
  return `'${path.replaceAll("'", "''")}'`;
}
