import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { Pool } from 'pg';
import { type MigrationFile, PRISMA_FOLDER } from './migration-files.ts';

/** The part of the WebAssembly API used here: the `es2024` library has no types of it, and `dom` has too many. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
};

/** What the glue module beside the WASM file exports; it ships without types. */
interface EngineModule {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: Readonly<Record<string, unknown>>): void;
}

const GLUE = 'schema_engine_bg.js';

let engineModule: Promise<EngineModule> | undefined;

/** Loads Prisma's schema engine from its WASM file: the native one would have to be downloaded. Once: the glue keeps views
 * of one instance's memory. */
async function loadEngine(): Promise<EngineModule> {
  const folder = path.dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')));
  const glue: EngineModule = await import(path.join(folder, GLUE));
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { [`./${GLUE}`]: glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/** Applies what `_prisma_migrations` does not have yet. Returns the names applied, in order. */
export async function applyMigrations(url: string, migrations: readonly MigrationFile[]): Promise<readonly string[]> {
  const schema = await readFile(path.join(PRISMA_FOLDER, 'schema.prisma'), 'utf8');
  const baseDir = path.join(PRISMA_FOLDER, 'migrations');
  engineModule ??= loadEngine();
  const { SchemaEngine: Engine } = await engineModule;
  // The engine never closes the connections of its adapter, so the pool is ours.
  const pool = new Pool({ connectionString: url, max: 2 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  let engine: SchemaEngine | undefined;
  try {
    engine = await Engine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir,
        lockfile: {
          path: 'migration_lock.toml',
          content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
        },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, up }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: up } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    engine?.free();
    await pool.end();
  }
}
