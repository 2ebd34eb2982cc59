import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS, FIELD_NAMES } from '@logmaster/core/event/fields';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_COLUMNS_SQL, COLUMNS, quoted } from '../duckdb/columns.ts';
import { columnsOf, writeBatchFile } from '../duckdb/files/batch-file.ts';
import { newestFirst } from '../duckdb/files/newest-first.ts';
import { readEvents } from '../duckdb/sql/rows.ts';
import { concatenate } from './concatenate.ts';

const place: { folder: string; connection?: DuckDBConnection; instance?: DuckDBInstance } = { folder: '' };
let files = 0;

beforeAll(async () => {
  place.folder = await mkdtemp(path.join(tmpdir(), 'logmaster-parquet-'));
  place.instance = await DuckDBInstance.create(':memory:');
  place.connection = await place.instance.connect();
});
afterAll(async () => {
  place.connection?.closeSync();
  place.instance?.closeSync();
  await rm(place.folder, { recursive: true, force: true });
});

const connection = () => place.connection as DuckDBConnection;

async function write(events: readonly FlatEvent[]): Promise<string> {
  files++;
  const file = path.join(place.folder, `${files}.parquet`);
  await writeBatchFile(columnsOf(events), Uint32Array.from(events.keys()), file);
  return file;
}

const longs = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: 0, max: 65_535 }),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 50, -(2 ** 50)),
);
const texts = fc.oneof(fc.string(), fc.constantFrom('', 'deny', 'accept', '\0', 'ş'.repeat(300)));
const VALUES = {
  date: fc.integer({ min: 0, max: 4_102_444_800_000_000 }),
  long: longs,
  ip: texts,
  keyword: texts,
  text: texts,
};
const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, VALUES[EVENT_FIELDS[name].type]]));
const anyEvent = fc
  .record({ ...fields, labels: fc.dictionary(texts, texts, { maxKeys: 4 }) }, { requiredKeys: [] })
  .map((event) => event as FlatEvent);

describe('files of our own, read by DuckDB', () => {
  test('have the columns and types that the format says', async () => {
    const file = await write([{ '@timestamp': 1, labels: { a: 'b' } }]);
    const rows = await connection().runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${file}')`);
    expect(rows.getRows().map(([name, type]) => ({ name, sqlType: type }))).toEqual(COLUMNS);
  });

  test('hold the same events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 40 }), async (events) => {
        const file = await write(events);
        const result = await connection().run(`SELECT ${ALL_COLUMNS_SQL} FROM read_parquet('${file}')`);
        expect(await readEvents(result)).toEqual(events);
      }),
      { numRuns: 60 },
    );
  });

  test('also where columns are long: many values, few values, runs, gaps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 6000 }),
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 1, max: 2 ** 49, noNaN: true }),
        async (rows, distinct, gap, spread) => {
          const value = (row: number) => Math.floor(((row * 2_654_435_761) % distinct) * (spread / distinct));
          const events = Array.from({ length: rows }, (_, row) => ({
            '@timestamp': 1_795_636_476_631_000 + value(row),
            ...(row % gap === 0 ? { 'source.port': value(row), 'user.name': `u${value(row)}` } : {}),
            'event.original': `raw ${row}`,
            labels: { [`k${row % 3}`]: `v${value(row)}`, same: 'x' },
          }));
          const file = await write(events);
          // a filter on another column makes the reader skip inside pages
          const where = `WHERE ${quoted('event.original')} LIKE '%7%'`;
          for (const filter of ['', where]) {
            const result = await connection().run(`SELECT ${ALL_COLUMNS_SQL} FROM read_parquet('${file}') ${filter}`);
            const expected = filter === '' ? events : events.filter((event) => event['event.original'].includes('7'));
            expect(await readEvents(result)).toEqual(expected);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('carry minima and maxima, and no row groups that are too long', async () => {
    const events = Array.from({ length: 40_000 }, (_, row) => ({
      '@timestamp': 1_795_636_476_000_000 + row,
      'source.ip': `10.0.0.${row % 7}`,
      'event.original': 'x',
    }));
    const file = await write(events);
    const result = await connection().runAndReadAll(
      `SELECT row_group_num_rows::DOUBLE, stats_min_value, stats_max_value FROM parquet_metadata('${file}')
       WHERE path_in_schema = 'source.ip' ORDER BY row_group_id`,
    );
    expect(result.getRows()).toEqual([
      [30_720, '10.0.0.0', '10.0.0.6'],
      [9280, '10.0.0.0', '10.0.0.6'],
    ]);
  });
});

describe('files put together', () => {
  const part = (from: number, rows: number) =>
    Array.from({ length: rows }, (_, row) => ({
      '@timestamp': 1_795_636_476_000_000 + from + row,
      'logmaster.record.id': `n.w.1.${from + row}`,
      'event.original': `raw ${from + row}`,
      'user.name': `u${row % 5}`,
      labels: { row: String(row) },
    }));

  test('hold the rows of all, in the order given, and can be put together again', async () => {
    const parts = [part(0, 9000), part(9000, 31_000), part(40_000, 9000)];
    const paths = await Promise.all(parts.map(write));
    const once = path.join(place.folder, 'once.parquet');
    const twice = path.join(place.folder, 'twice.parquet');
    expect(await concatenate(paths, once, 49_000)).toBe(true);
    expect(await concatenate([once, ...paths], twice, 98_000)).toBe(true);
    const result = await connection().run(`SELECT ${ALL_COLUMNS_SQL} FROM read_parquet('${twice}')`);
    expect(await readEvents(result)).toEqual([...parts.flat(), ...parts.flat()]);
    const found = await connection().run(
      `SELECT "event.original" FROM read_parquet('${twice}') WHERE "logmaster.record.id" = 'n.w.1.39999'`,
    );
    expect(await found.getRows()).toEqual([['raw 39999'], ['raw 39999']]);
  });

  test('are not made of short row groups, or of another schema', async () => {
    const target = path.join(place.folder, 'none.parquet');
    expect(await concatenate([await write(part(0, 100)), await write(part(100, 100))], target, 200)).toBe(false);
    const other = path.join(place.folder, 'other.parquet');
    await connection().run(`COPY (SELECT 1 AS a FROM range(20000)) TO '${other}' (FORMAT parquet)`);
    expect(await concatenate([other], target, 20_000)).toBe(false);
  });
});

test('rows are put newest first, then by record id as text, descending', () => {
  const id = fc.tuple(fc.constantFrom('n.w.1.', 'n.w.10.', 'n.w.9.', 'n.v.1.'), fc.integer({ min: 0, max: 1200 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(id, fc.integer({ min: 0, max: 4 })), { selector: ([name]) => name.join('') }),
      (list) => {
        const events = list.map(([name, at]) => ({ '@timestamp': at, 'logmaster.record.id': name.join('') }));
        const order = newestFirst(columnsOf(events), Uint32Array.from(events.keys()));
        const sorted = events.toSorted((a, b) => {
          if (a['@timestamp'] !== b['@timestamp']) return b['@timestamp'] - a['@timestamp'];
          return a['logmaster.record.id'] < b['logmaster.record.id'] ? 1 : -1;
        });
        expect([...order].map((row) => events[row])).toEqual(sorted);
      },
    ),
  );
});
