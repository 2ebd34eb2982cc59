import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './client.ts';
import { migrateDown, migrateUp } from './migrate.ts';
import { readMigrations } from './migration-files.ts';

/** Columns, constraints, indexes and enum values of the public schema, without Prisma's own table. */
const DESCRIBE = `
  SELECT 'column' AS kind, table_name || '.' || column_name AS name,
         concat_ws(' ', data_type, udt_name, is_nullable, column_default) AS text
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
  UNION ALL
  SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
    AND conrelid::regclass::text <> '_prisma_migrations'
  UNION ALL
  SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
  UNION ALL
  SELECT 'enum', typname || '.' || enumlabel, enumsortorder::text FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
  ORDER BY 1, 2, 3`;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  it('each folder has its SQL and a way back', async () => {
    const folder = path.join(import.meta.dirname, '..', 'prisma', 'migrations');
    const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    expect((await readMigrations()).map(({ name }) => name)).toEqual(folders.map(({ name }) => name).sort());
  });

  it('go up on an empty database, all the way down, and up again to the same schema', async () => {
    const url = await server.createDatabase();
    const names = (await readMigrations()).map(({ name }) => name);
    expect(await migrateUp(url)).toEqual(names);
    const first = await query(url, DESCRIBE);
    expect(first.length).toBeGreaterThan(50);
    expect(await migrateUp(url)).toEqual([]);
    expect(await migrateDown(url, null)).toEqual(names.toReversed());
    expect(await query(url, DESCRIBE)).toEqual([]);
    expect(await migrateUp(url)).toEqual(names);
    expect(await query(url, DESCRIBE)).toEqual(first);
  });

  it('go down to a named one and leave what stands before it', async () => {
    const url = await server.createDatabase();
    const [first, ...others] = await migrateUp(url);
    await query(
      url,
      "INSERT INTO users (id, username, username_key, password_hash) VALUES (gen_random_uuid(), 'a', 'a', 'x')",
    );
    expect(await migrateDown(url, first ?? '')).toEqual(others.toReversed());
    expect(await query(url, 'SELECT username FROM users')).toEqual([{ username: 'a' }]);
    expect(await migrateUp(url)).toEqual(others);
  });

  it('may be called by several processes at once', async () => {
    const url = await server.createDatabase();
    const applied = await Promise.all([migrateUp(url), migrateUp(url), migrateUp(url)]);
    expect(applied.flat().sort()).toEqual((await readMigrations()).map(({ name }) => name));
    expect(await query(url, 'SELECT count(*)::int AS rows FROM _prisma_migrations')).toEqual([
      { rows: applied.flat().length },
    ]);
  });

  it.each(['before its SQL was committed', 'after its SQL was committed'])('recover from a kill %s', async (moment) => {
    const url = await server.createDatabase();
    const names = await migrateUp(url);
    const schema = await query(url, DESCRIBE);
    const last = (await readMigrations()).at(-1);
    if (moment.startsWith('before')) await query(url, last?.down ?? '');
    await query(url, `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${last?.name}'`);
    expect(await migrateUp(url)).toEqual(names.slice(-1));
    expect(await query(url, DESCRIBE)).toEqual(schema);
  });

  it('refuse a database that a newer version has migrated', async () => {
    const url = await server.createDatabase();
    await migrateUp(url);
    await query(
      url,
      "UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name LIKE '%devices'",
    );
    await expect(migrateUp(url)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('give every model the columns its Prisma client asks for', async () => {
    const url = await server.createDatabase();
    await migrateUp(url);
    const { primary, close } = openDatabase({ url });
    try {
      await primary.user.findFirst();
      await primary.session.findFirst();
      await primary.apiToken.findFirst();
      await primary.signInThrottle.findFirst();
      await primary.device.findFirst();
      await primary.deviceBinding.findFirst();
      await primary.customParser.findFirst();
      await primary.customParserVersion.findFirst();
      expect(await primary.site.findMany({ select: { id: true } })).toEqual([{ id: 'unassigned' }]);
      expect(await primary.mappingVersion.findMany()).toEqual([{ id: 1, version: 0 }]);
    } finally {
      await close();
    }
  });
});

describe('a database that is away', () => {
  it('is DATABASE_UNAVAILABLE', async () => {
    await expect(migrateUp('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });
});
