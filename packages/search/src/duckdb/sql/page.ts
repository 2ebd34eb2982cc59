import type { DuckDBConnection } from '@duckdb/node-api';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Micros } from '@logmaster/core/time';
import type { Cursor } from '../../answers/cursor.ts';
import type { QueryAst } from '../../query/ast.ts';
import type { SearchQuery } from '../../store.ts';
import type { IndexFile } from '../catalogue/snapshot.ts';
import { ALL_COLUMNS_SQL, NEWEST_FIRST_SQL, quoted } from '../columns.ts';
import { Parameters } from './parameters.ts';
import { plainValue, readEvents } from './rows.ts';
import { conditionSql } from './scope-sql.ts';
import { sourceSql } from './source-sql.ts';

/** Rows looked at in the first step of a page; each further step takes four times as many. */
const FIRST_STEP_ROWS = 200_000;
const STEP_GROWTH = 4;

export interface RowKey {
  readonly timestamp: Micros;
  readonly id: string;
}

export interface PageRequest {
  readonly query: SearchQuery;
  readonly ast: QueryAst;
  readonly wanted: number;
  readonly after: Cursor | undefined;
  /** Instead of FIRST_STEP_ROWS. */
  readonly firstStepRows?: number | undefined;
}

const TIMESTAMP = quoted('@timestamp');
const RECORD_ID = quoted('logmaster.record.id');

const byNewest = (a: RowKey, b: RowKey) => b.timestamp - a.timestamp || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** Which rows make the page. Visits files from the newest on; stops when no unvisited file can hold one of them. */
export async function findKeys(
  { query, ast, wanted, after, firstStepRows = FIRST_STEP_ROWS }: PageRequest,
  files: readonly IndexFile[],
  connection: DuckDBConnection,
  check: () => void,
): Promise<RowKey[]> {
  let keys: RowKey[] = [];
  let step = firstStepRows;
  for (let next = 0; next < files.length; step *= STEP_GROWTH) {
    const oldest = keys.length === wanted ? keys.at(-1)?.timestamp : undefined;
    if (oldest !== undefined && (files[next] as IndexFile).maxTimestamp < oldest) break;
    const group: IndexFile[] = [];
    for (let count = 0; next < files.length && count < step; next++) {
      group.push(files[next] as IndexFile);
      count += (files[next] as IndexFile).rows;
    }
    const parameters = new Parameters();
    const tests = [conditionSql(query, ast, parameters)];
    if (after) {
      const at = parameters.moment(after.timestamp);
      tests.push(
        `(${TIMESTAMP} < ${at} OR (${TIMESTAMP} = ${at} AND ${RECORD_ID} < ${parameters.text(after.recordId)}))`,
      );
    }
    if (oldest !== undefined) tests.push(`${TIMESTAMP} >= ${parameters.moment(oldest)}`);
    const result = await connection.run(
      `SELECT ${TIMESTAMP}, ${RECORD_ID} FROM ${sourceSql(group, parameters)} WHERE ${tests.join(' AND ')} ORDER BY ${NEWEST_FIRST_SQL} LIMIT ${wanted}`,
      parameters.values,
      parameters.types,
    );
    check();
    const found = (await result.getRows()).map(([timestamp, id]) => ({
      timestamp: Number(plainValue(timestamp ?? null)),
      id: String(id),
    }));
    keys = [...keys, ...found].sort(byNewest).slice(0, wanted);
  }
  return keys;
}

/**
 * The whole rows, in the order of the keys. A step of its own: a search for a rare word would otherwise read and unpack
 * a hundred columns of every row it looks at, which costs three times as much as looking.
 */
export async function fetchRows(
  keys: readonly RowKey[],
  query: SearchQuery,
  files: readonly IndexFile[],
  connection: DuckDBConnection,
): Promise<FlatEvent[]> {
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last) return [];
  const holding = files.filter(
    (file) => file.minTimestamp <= first.timestamp && file.maxTimestamp >= last.timestamp && holdsOne(file, keys),
  );
  const parameters = new Parameters();
  const source = sourceSql(holding, parameters);
  const times = [...new Set(keys.map(({ timestamp }) => timestamp))].map((time) => parameters.moment(time));
  const ids = parameters.texts(keys.map(({ id }) => id));
  // the plain range is what row groups are skipped by
  const range = `${TIMESTAMP} BETWEEN ${parameters.moment(last.timestamp)} AND ${parameters.moment(first.timestamp)}`;
  const scope = conditionSql({ scope: query.scope }, { kind: 'all' }, parameters);
  const result = await connection.run(
    `SELECT ${ALL_COLUMNS_SQL} FROM ${source} WHERE ${range} AND ${TIMESTAMP} IN (${times.join(', ')}) AND list_contains(${ids}, ${RECORD_ID}) AND ${scope} ORDER BY ${NEWEST_FIRST_SQL}`,
    parameters.values,
    parameters.types,
  );
  return readEvents(result);
}

const holdsOne = (file: IndexFile, keys: readonly RowKey[]) =>
  keys.some(({ timestamp }) => timestamp >= file.minTimestamp && timestamp <= file.maxTimestamp);
