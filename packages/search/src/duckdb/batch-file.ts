import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { FlatEvent } from '@logmaster/core/event/event';
import {
  COLUMNS,
  type Column,
  LABELS_COLUMN,
  MESSAGE_AT_COLUMN,
  NEWEST_FIRST_SQL,
  parquetOptions,
  quoted,
} from './columns.ts';
import { messageOffset } from './message.ts';

/** DuckDB's vector size: the most rows a chunk holds. */
const CHUNK_ROWS = 2048;

/** Batches are small enough to be one row group or a few of full length. */
const PARQUET_SQL = parquetOptions(0, 1);

type Cell = string | number | null;

function labelsJson(labels: Record<string, string>): string {
  return JSON.stringify(
    Object.entries(labels).map(([key, value]) => ({ key: key.toWellFormed(), value: value.toWellFormed() })),
  );
}

function transportType(column: Column) {
  if (column.name === MESSAGE_AT_COLUMN) return { sql: 'INTEGER', type: INTEGER };
  const number = column.sqlType === 'TIMESTAMP' || column.sqlType === 'BIGINT';
  return number ? { sql: 'DOUBLE', type: DOUBLE } : { sql: 'VARCHAR', type: VARCHAR };
}

function storedAs(column: Column, present: boolean): string {
  const name = quoted(column.name);
  if (!present) return `CAST(NULL AS ${column.sqlType}) AS ${name}`;
  if (column.sqlType === 'TIMESTAMP') return `make_timestamp(CAST(${name} AS BIGINT)) AS ${name}`;
  if (column.sqlType === 'BIGINT') return `CAST(${name} AS BIGINT) AS ${name}`;
  if (column.name === LABELS_COLUMN) {
    return `map_from_entries(CAST(CAST(${name} AS JSON) AS STRUCT("key" VARCHAR, "value" VARCHAR)[])) AS ${name}`;
  }
  return name;
}

const BY_NAME: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.name, column]));

/**
 * Columns of one batch, those that are empty throughout left out. Goes over what each event has, not over the whole
 * table: an event fills a third of it. Dates and longs travel as doubles (exact up to 2^53, no BigInt is made per cell)
 * and labels as JSON; `storedAs` makes them what they are.
 */
function columnsOf(events: readonly FlatEvent[]): Map<Column, Cell[]> {
  const found = new Map<Column, Cell[]>();
  const put = (column: Column, row: number, cell: Cell) => {
    let cells = found.get(column);
    if (!cells) {
      cells = new Array<Cell>(events.length).fill(null);
      found.set(column, cells);
    }
    cells[row] = cell;
  };
  const offsetColumn = BY_NAME.get(MESSAGE_AT_COLUMN) as Column;
  for (let row = 0; row < events.length; row++) {
    const event = events[row] as FlatEvent;
    const offset = messageOffset(event);
    if (offset !== undefined) put(offsetColumn, row, offset);
    for (const name in event) {
      const value = event[name as keyof FlatEvent];
      const column = BY_NAME.get(name);
      if (value === undefined || value === null || !column) continue;
      if (name === 'message' && offset !== undefined) continue;
      put(column, row, typeof value === 'object' ? labelsJson(value) : value);
    }
  }
  return found;
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
  const columns = columnsOf(events);
  if (columns.size === 0) {
    const empty = COLUMNS.map((column) => storedAs(column, false));
    await connection.run(`COPY (SELECT ${empty.join(', ')} LIMIT 0) TO ${literal(path)} (${PARQUET_SQL})`);
    return;
  }
  const definition = [...columns.keys()].map((column) => `${quoted(column.name)} ${transportType(column).sql}`);
  const types = [...columns.keys()].map((column) => transportType(column).type);
  await connection.run(`CREATE OR REPLACE TEMP TABLE batch (${definition.join(', ')})`);
  const appender = await connection.createAppender('batch');
  for (let start = 0; start < events.length; start += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, events.length - start);
    const chunk = DuckDBDataChunk.create(types, rows);
    let index = 0;
    for (const cells of columns.values()) {
      chunk.setColumnValues(index++, rows === events.length ? cells : cells.slice(start, start + rows));
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const select = COLUMNS.map((column) => storedAs(column, columns.has(column)));
  await connection.run(
    `COPY (SELECT ${select.join(', ')} FROM batch ORDER BY ${NEWEST_FIRST_SQL}) TO ${literal(path)} (${PARQUET_SQL})`,
  );
  await connection.run('DROP TABLE batch');
}

/** A path of our own as SQL text: COPY … TO takes no parameter. */
export function literal(path: string): string {
  if (path.includes('\0')) throw new TypeError('a path can’t contain NUL');
  return `'${path.replaceAll("'", "''")}'`;
}
