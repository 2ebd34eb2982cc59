import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { AppError } from '@logmaster/core/errors';
import { COLUMNS } from '../columns.ts';

/** Grows with every change of the tables or of the Parquet columns' meaning. */
export const SCHEMA_VERSION = 3;
/** These lack tables that would be empty: they get them when they are opened. 1: what was shed; 2: files of other columns. */
const EARLIER: ReadonlySet<number | undefined> = new Set([1, 2]);
/** Another one when event fields are added or renamed. */
const COLUMNS_MARK = crc32(COLUMNS.map(({ name, sqlType }) => `${name} ${sqlType}`).join());
/** How long a statement waits for another process's transaction; those take a few ms. */
const BUSY_MS = 5000;

export const catalogueFile = (indexDir: string) => path.join(indexDir, 'catalogue.sqlite');
export const fileFolder = (indexDir: string) => path.join(indexDir, 'files');

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
-- one Parquet file; all its records were received on the UTC day "day". Times are µs.
CREATE TABLE IF NOT EXISTS file (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,            -- relative to files/ when fresh, absolute when packed
  tier TEXT NOT NULL CHECK (tier IN ('fresh', 'packed')),
  level INTEGER NOT NULL,        -- merges it went through
  day TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  min_timestamp INTEGER NOT NULL,
  max_timestamp INTEGER NOT NULL,
  min_received INTEGER NOT NULL,
  max_received INTEGER NOT NULL,
  removed_generation INTEGER     -- no longer part of the index since then; waits for its readers
) STRICT;
CREATE INDEX IF NOT EXISTS file_by_time ON file (max_timestamp, min_timestamp) WHERE removed_generation IS NULL;
-- which journal records may be in a file: finds a record by its id
CREATE TABLE IF NOT EXISTS file_stream (
  file_id INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  first_journal INTEGER NOT NULL, first_sequence INTEGER NOT NULL,
  last_journal INTEGER NOT NULL, last_sequence INTEGER NOT NULL,
  PRIMARY KEY (file_id, stream)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file_site (
  file_id INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  site TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  PRIMARY KEY (file_id, site)
) STRICT, WITHOUT ROWID;
-- these rows come from the packed file and from nowhere else
CREATE TABLE IF NOT EXISTS packed_day (
  site TEXT NOT NULL, day TEXT NOT NULL, file_id INTEGER NOT NULL REFERENCES file (id),
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;
-- an earlier version has written these, with other columns: they are found by name, and those they lack are empty
CREATE TABLE IF NOT EXISTS file_by_name (file_id INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE) STRICT;
-- rows that were taken out for want of disk room, until they are restored from the evidence
CREATE TABLE IF NOT EXISTS shed_part (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  byte_count INTEGER NOT NULL,
  min_timestamp INTEGER NOT NULL,
  max_timestamp INTEGER NOT NULL,
  min_received INTEGER NOT NULL,
  max_received INTEGER NOT NULL
) STRICT;
-- a part has all rows of its day in these ranges, and no file has a row of its day in them
CREATE TABLE IF NOT EXISTS shed_range (
  part_id INTEGER NOT NULL REFERENCES shed_part (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  first_journal INTEGER NOT NULL, first_sequence INTEGER NOT NULL,
  last_journal INTEGER NOT NULL, last_sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS shed_range_by_part ON shed_range (part_id);
CREATE TABLE IF NOT EXISTS shed_site (
  part_id INTEGER NOT NULL REFERENCES shed_part (id) ON DELETE CASCADE,
  site TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  PRIMARY KEY (part_id, site)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS position (stream TEXT PRIMARY KEY, journal INTEGER NOT NULL, sequence INTEGER NOT NULL) STRICT;
-- a running search and the generation it reads; heartbeat is ms
CREATE TABLE IF NOT EXISTS lease (
  id TEXT PRIMARY KEY, pid INTEGER NOT NULL, generation INTEGER NOT NULL, heartbeat INTEGER NOT NULL
) STRICT;
`;

function open(indexDir: string, synchronous: 'FULL' | 'OFF'): DatabaseSync {
  const database = new DatabaseSync(catalogueFile(indexDir));
  database.exec(
    `PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON`,
  );
  return database;
}

function readVersion(database: DatabaseSync): number | undefined {
  const tables = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").get();
  if (!tables) return undefined;
  const row = database.prepare("SELECT value FROM meta WHERE name = 'schema_version'").get();
  return row ? Number(row.value) : undefined;
}

function refuseOtherVersion(database: DatabaseSync, version: number | undefined): void {
  if (version === SCHEMA_VERSION || EARLIER.has(version)) return;
  database.close();
  throw new AppError('SEARCH_UNAVAILABLE', {
    detail: `the index has format ${version}, this LogMaster reads ${SCHEMA_VERSION}; rebuild the index`,
  });
}

function makeTables(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE; ${TABLES}
    INSERT OR IGNORE INTO meta VALUES ('schema_version', ${SCHEMA_VERSION}), ('generation', 0);
    UPDATE meta SET value = ${SCHEMA_VERSION} WHERE name = 'schema_version';
    INSERT OR IGNORE INTO file_by_name SELECT id FROM file
      WHERE NOT EXISTS (SELECT 1 FROM meta WHERE name = 'columns' AND value = ${COLUMNS_MARK});
    INSERT INTO meta VALUES ('columns', ${COLUMNS_MARK}) ON CONFLICT DO UPDATE SET value = excluded.value; COMMIT`);
}

/** For the writer: makes what is missing. */
export function createCatalogue(indexDir: string): DatabaseSync {
  // FULL: a committed position must survive a power cut, the journal behind it may be deleted
  const database = open(indexDir, 'FULL');
  const version = readVersion(database);
  if (version !== undefined) refuseOtherVersion(database, version);
  makeTables(database);
  return database;
}

/** For readers; undefined while no writer has ever been here. */
export function openCatalogue(indexDir: string): DatabaseSync | undefined {
  if (!existsSync(catalogueFile(indexDir))) return undefined;
  // readers write leases only, which mean nothing after a power cut
  const database = open(indexDir, 'OFF');
  const version = readVersion(database);
  if (version === undefined) {
    database.close();
    return undefined;
  }
  refuseOtherVersion(database, version);
  if (version !== SCHEMA_VERSION) makeTables(database);
  return database;
}

/** Runs `work` in one write transaction; undone when it throws. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (cause) {
    database.exec('ROLLBACK');
    throw cause;
  }
}
