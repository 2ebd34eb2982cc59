import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export const PRISMA_FOLDER = path.join(import.meta.dirname, '..', 'prisma');

/** `<yyyymmddhhmmss>_<name>`: the order of names is the order of migrations. */
const MIGRATION_NAME = /^\d{14}_[a-z0-9_]+$/;

export interface MigrationFile {
  readonly name: string;
  readonly up: string;
  /** The way back. Written so that it also holds when `up` ran in part or not at all. */
  readonly down: string;
}

/** All migrations in their order. Rejects when one has no way up or no way back. */
export async function readMigrations(folder = path.join(PRISMA_FOLDER, 'migrations')): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && MIGRATION_NAME.test(entry.name))
    .map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      up: await readFile(path.join(folder, name, 'migration.sql'), 'utf8'),
      down: await readFile(path.join(folder, name, 'down.sql'), 'utf8'),
    })),
  );
}
