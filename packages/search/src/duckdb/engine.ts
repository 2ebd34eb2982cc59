import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import type { PartHealth } from '@logmaster/core/api/health';
import { toAppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { parseRecordId } from '@logmaster/core/record';
import type { Scope } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';
import { decodeCursor, encodeCursor } from '../answers/cursor.ts';
import { HistogramBuckets } from '../answers/histogram-buckets.ts';
import { expectField, listSize, pageSize } from '../answers/limits.ts';
import { maskEvent } from '../answers/masked-event.ts';
import { maskedFields, refuseMasked } from '../answers/masking-rules.ts';
import { byFrequency, valueText } from '../answers/value-text.ts';
import type { QueryAst } from '../query/ast.ts';
import { parseQuery } from '../query/parse.ts';
import type { CallOptions, Histogram, SearchField, SearchPage, SearchQuery, TopValues } from '../store.ts';
import { type Extent, type IndexFile, Snapshots } from './catalogue/snapshot.ts';
import { ALL_COLUMNS_SQL, quoted } from './columns.ts';
import { explainFailure, incomplete } from './failures.ts';
import { fileHealth } from './health.ts';
import { type SlotOptions, Slots } from './slots.ts';
import { valueSql } from './sql/compile.ts';
import { fetchRows, findKeys } from './sql/page.ts';
import { Parameters } from './sql/parameters.ts';
import { plainValue, readEvents } from './sql/rows.ts';
import { conditionSql } from './sql/scope-sql.ts';
import { sourceSql } from './sql/source-sql.ts';

const HEALTH_NAME = 'search index';

const groupText = (field: SearchField, value: DuckDBValue) => valueText(field, plainValue(value) as string | number);

function extentOf(query: Omit<SearchQuery, 'text'>): Extent {
  const { scope } = query;
  return {
    from: query.from,
    to: query.to,
    receivedFrom: scope.from ?? undefined,
    receivedTo: scope.to ?? undefined,
    sites: scope.sites,
  };
}

function tellShed(days: readonly string[], onNotice: CallOptions['onNotice']): void {
  if (!onNotice) throw incomplete(days);
  onNotice({ code: 'INDEX_SHED', days: [...days] });
}

/** The reading half of the DuckDB backend. Runs in the processor itself and, for web and cli, in the host process. */
export class DuckDbEngine {
  readonly #snapshots: Snapshots;
  readonly #slots: Slots;

  constructor(instance: DuckDBInstance, indexDir: string, options: SlotOptions) {
    this.#snapshots = new Snapshots(indexDir);
    this.#slots = new Slots(instance, options);
  }

  /** Whether the catalogue can be read and its files are there. An index that was never written is empty, not ill. */
  async health(): Promise<PartHealth> {
    try {
      return await fileHealth(HEALTH_NAME, this.#snapshots.known());
    } catch (thrown) {
      return { name: HEALTH_NAME, state: 'down', reason: toAppError(thrown).message };
    }
  }

  close(): void {
    this.#slots.close();
    this.#snapshots.close();
  }

  async search(
    query: SearchQuery,
    page: { size: number; after?: string | undefined },
    options: CallOptions = {},
  ): Promise<SearchPage> {
    const started = performance.now();
    const size = pageSize(page.size);
    const ast = parseQuery(query.text);
    refuseMasked(ast, query.scope, undefined);
    const after = page.after === undefined ? undefined : decodeCursor(page.after, query);
    const bounded =
      after && (query.to === undefined || query.to > after.timestamp) ? { ...query, to: after.timestamp + 1 } : query;
    // one row more than asked for tells whether there is a next page
    const request = { query: bounded, ast, wanted: size + 1, after };
    const { keys, events } = await this.#read(extentOf(bounded), options, async (files, connection, check) => {
      const keys = await findKeys(request, files, connection, check);
      return { keys, events: await fetchRows(keys.slice(0, size), query, files, connection) };
    });
    const last = keys[size - 1];
    return {
      events: events.map((event) => maskEvent(event, maskedFields(query.scope))),
      after: keys.length > size && last ? encodeCursor({ timestamp: last.timestamp, recordId: last.id }, query) : null,
      tookMs: performance.now() - started,
    };
  }

  async count(query: SearchQuery, options: CallOptions = {}): Promise<number> {
    const ast = parseQuery(query.text);
    refuseMasked(ast, query.scope, undefined);
    const rows = await this.#select(
      query,
      ast,
      options,
      (source, where) => `SELECT count(*) FROM ${source} WHERE ${where}`,
    );
    return Number(rows[0]?.[0] ?? 0);
  }

  async histogram(
    query: SearchQuery & { from: Micros; to: Micros },
    shape: { buckets: number; stackBy?: SearchField | undefined },
    options: CallOptions = {},
  ): Promise<Histogram> {
    const { stackBy } = shape;
    const buckets = new HistogramBuckets(query.from, query.to, shape.buckets);
    if (stackBy !== undefined) expectField(stackBy);
    const ast = parseQuery(query.text);
    refuseMasked(ast, query.scope, stackBy);
    const rows = await this.#select(query, ast, options, (source, where, parameters) => {
      const stack = stackBy === undefined ? 'NULL' : valueSql(stackBy, parameters);
      const bucket = `CAST(floor(epoch_us(${quoted('@timestamp')}) / CAST(${parameters.integer(buckets.intervalMicros)} AS DOUBLE)) AS BIGINT)`;
      return `SELECT ${bucket} AS bucket, ${stack} AS stack, count(*) FROM ${source} WHERE ${where} GROUP BY ALL`;
    });
    for (const [number, stack, count] of rows) {
      const name =
        stackBy === undefined ? undefined : stack === null || stack === undefined ? '' : groupText(stackBy, stack);
      buckets.add(Number(number), name, Number(count));
    }
    return buckets.histogram;
  }

  async topValues(query: SearchQuery, field: SearchField, size: number, options: CallOptions = {}): Promise<TopValues> {
    expectField(field);
    const ast = parseQuery(query.text);
    refuseMasked(ast, query.scope, field);
    const limit = listSize(size);
    const rows = await this.#select(query, ast, options, (source, where, parameters) => {
      const value = valueSql(field, parameters);
      return `WITH groups AS MATERIALIZED (SELECT ${value} AS value, count(*) AS amount FROM ${source} WHERE ${where} GROUP BY 1)
        (SELECT 1 AS kind, value, amount FROM groups WHERE value IS NOT NULL ORDER BY amount DESC, value LIMIT ${limit})
        UNION ALL SELECT 2, NULL, coalesce(sum(amount), 0)::BIGINT FROM groups WHERE value IS NOT NULL
        UNION ALL SELECT 3, NULL, coalesce(sum(amount), 0)::BIGINT FROM groups WHERE value IS NULL`;
    });
    const values = rows
      .filter(([kind]) => Number(kind) === 1)
      .map(([, value, amount]) => ({ value: groupText(field, value as DuckDBValue), count: Number(amount) }))
      .sort(byFrequency);
    const sum = (kind: number) => Number(rows.find(([found]) => Number(found) === kind)?.[2] ?? 0);
    const shown = values.reduce((total, { count }) => total + count, 0);
    return { values, other: sum(2) - shown, missing: sum(3) };
  }

  async get(recordId: string, scope: Scope, options: CallOptions = {}): Promise<FlatEvent | null> {
    const masked = maskedFields(scope);
    const parts = parseRecordId(recordId);
    if (!parts) return null;
    const extent: Extent = {
      ...extentOf({ scope }),
      record: {
        stream: `${parts.node}.${parts.worker}`,
        position: { journal: parts.journal, sequence: parts.sequence },
      },
    };
    const events = await this.#read(extent, options, async (files, connection) => {
      if (files.length === 0) return [];
      const parameters = new Parameters();
      const where = `${quoted('logmaster.record.id')} = ${parameters.text(recordId)} AND ${conditionSql({ scope }, { kind: 'all' }, parameters)}`;
      const result = await connection.run(
        `SELECT ${ALL_COLUMNS_SQL} FROM ${sourceSql(files, parameters)} WHERE ${where} LIMIT 1`,
        parameters.values,
        parameters.types,
      );
      return readEvents(result);
    });
    return events[0] ? maskEvent(events[0], masked) : null;
  }

  #select(
    query: SearchQuery,
    ast: QueryAst,
    options: CallOptions,
    statement: (source: string, where: string, parameters: Parameters) => string,
  ): Promise<DuckDBValue[][]> {
    return this.#read(extentOf(query), options, async (files, connection) => {
      if (files.length === 0) return [];
      const parameters = new Parameters();
      const source = sourceSql(files, parameters);
      const where = conditionSql(query, ast, parameters);
      const result = await connection.run(statement(source, where, parameters), parameters.values, parameters.types);
      return result.getRows();
    });
  }

  #read<T>(
    extent: Extent,
    { signal, onNotice }: CallOptions,
    work: (files: readonly IndexFile[], connection: DuckDBConnection, check: () => void) => Promise<T>,
  ): Promise<T> {
    return this.#slots.run(signal, async (connection, check) => {
      const snapshot = this.#snapshots.take(extent);
      try {
        if (snapshot.shedDays.length > 0) tellShed(snapshot.shedDays, onNotice);
        return await work(snapshot.files, connection, check);
      } catch (cause) {
        check();
        throw await explainFailure(cause, snapshot.files);
      } finally {
        snapshot.release();
      }
    });
  }
}
