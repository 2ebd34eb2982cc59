// Runs everything once so far that it is loaded, so that Node's compile cache (NODE_COMPILE_CACHE) holds it stripped
// and compiled: the first start is faster and each of its processes some 20 MB smaller, because Node's TypeScript
// stripper is then not loaded at all. Runs on the pinned Node 24, in the build step.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './paths.mjs';

/** Modules without side effects, from which the rest is reached. */
const MODULES = [
  'apps/ingest/src/main-parts.ts',
  'apps/ingest/src/processor-role.ts',
  'apps/ingest/src/run-roles.ts',
  'apps/ingest/src/sealer-role.ts',
  'apps/ingest/src/worker-role.ts',
  'apps/cli/src/start/evidence-keys.ts',
  'apps/cli/src/start/process/parent-watch.ts',
  'packages/db/src/bootstrap.ts',
  'packages/db/src/migrate.ts',
  'packages/sample/src/replay.ts',
  'packages/search/src/duckdb/engine.ts',
  'packages/search/src/duckdb/files/packed-day-files.ts',
];

/** Programs with arguments or settings by which they load all of themselves and end. */
const PROGRAMS = [
  { args: ['apps/cli/src/main.ts', 'help'], env: {} },
  { args: ['apps/ingest/src/main.ts'], env: { LOGMASTER_SYSLOG_PORT: 'none' } },
  { args: ['packages/sample/src/main.ts', '--rate', 'none'], env: {} },
];

for (const file of MODULES) await import(path.join(ROOT, file));
for (const { args, env } of PROGRAMS) {
  spawnSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'ignore' });
}
