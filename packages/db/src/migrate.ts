import { AppError } from '@logmaster/core/errors';
import { Client } from 'pg';
import { toDatabaseError } from './database-error.ts';
import { type MigrationFile, readMigrations } from './migration-files.ts';
import { applyMigrations } from './schema-engine.ts';

/** Key of the advisory lock that lets one process migrate at a time ("LogM"). */
const LOCK_KEY = 0x4c_6f_67_4d;
const CONNECT_TIMEOUT_MS = 10_000;

/** Runs `work` while no other process migrates this database. The lock ends with the connection, however we do. */
async function alone<T>(url: string, work: (connection: Client) => Promise<T>): Promise<T> {
  const connection = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await connection.connect();
    await connection.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    return await work(connection);
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    await connection.end();
  }
}

async function names(connection: Client, condition: string): Promise<string[]> {
  const exists = await connection.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  if (!exists.rows[0]?.there) return [];
  const sql = `SELECT migration_name FROM _prisma_migrations WHERE ${condition} ORDER BY migration_name`;
  const { rows } = await connection.query<{ migration_name: string }>(sql);
  return rows.map((row) => row.migration_name);
}

/** Takes one migration back, and its row in `_prisma_migrations`, in one transaction. */
async function takeBack(connection: Client, migration: MigrationFile): Promise<void> {
  await connection.query('BEGIN');
  try {
    await connection.query(migration.down);
    await connection.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [migration.name]);
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

function find(migrations: readonly MigrationFile[], name: string): MigrationFile {
  const found = migrations.find((migration) => migration.name === name);
  if (found) return found;
  throw new AppError('CONFLICT', {
    detail: `the database has the migration ${name}, which this version of LogMaster does not know`,
  });
}

/**
 * Brings the database to the newest schema; may be called by several processes at once. A migration that was killed
 * halfway is taken back first: whether its SQL was committed is unknown, and its down.sql holds in both cases.
 * Returns the names applied now. Throws DATABASE_UNAVAILABLE, or CONFLICT when the database is newer than this program.
 */
export async function migrateUp(url: string): Promise<readonly string[]> {
  const migrations = await readMigrations();
  return alone(url, async (connection) => {
    const interrupted = await names(connection, 'finished_at IS NULL AND rolled_back_at IS NULL');
    for (const name of interrupted.reverse()) await takeBack(connection, find(migrations, name));
    for (const name of await names(connection, 'finished_at IS NOT NULL')) find(migrations, name);
    return applyMigrations(url, migrations);
  });
}

/** Takes migrations back, newest first, until `to` is the newest that remains; null takes all back. Returns their names. */
export async function migrateDown(url: string, to: string | null): Promise<readonly string[]> {
  const migrations = await readMigrations();
  if (to !== null) find(migrations, to);
  return alone(url, async (connection) => {
    const applied = await names(connection, 'rolled_back_at IS NULL');
    const surplus = applied.filter((name) => to === null || name > to).reverse();
    for (const name of surplus) await takeBack(connection, find(migrations, name));
    return surplus;
  });
}
