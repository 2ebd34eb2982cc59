import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { openDatabase } from '@logmaster/db/client';
import { migrateUp } from '@logmaster/db/migrate';
import { openDuckDbReader } from '@logmaster/search/open';
import { createLogger } from '@logmaster/telemetry/logger';
import type { Dependencies } from '../dependencies.ts';
import { sessionDirectory } from '../services/session/session-directory.ts';

export interface Harness {
  readonly deps: Dependencies;
  /** The clock of everything in `deps`, µs; a test moves it. */
  readonly clock: { now: number };
  close(): Promise<void>;
}

/** The real parts on an empty database and an empty data folder, with a clock that stands still. */
export async function makeHarness(databaseUrl: string, at = '2026-11-23T12:00:00Z'): Promise<Harness> {
  await migrateUp(databaseUrl);
  const root = await mkdtemp(path.join(tmpdir(), 'logmaster-web-'));
  const layout = dataLayout(root);
  const logger = createLogger('test', 'fatal');
  const clock = { now: Date.parse(at) * 1000 };
  const database = openDatabase({ url: databaseUrl });
  const hostModule = path.resolve(import.meta.dirname, '../../../../../packages/search/src/duckdb/host.ts');
  const store = openDuckDbReader({ indexDir: layout.index, memoryMb: 128, hostModule, logger });
  const tick = () => clock.now;
  return {
    clock,
    deps: {
      database,
      store,
      sessions: sessionDirectory(database, tick),
      layout,
      tsa: { anchorFiles: [layout.tsaCa], local: true, name: 'local' },
      ingestUrl: 'http://127.0.0.1:1',
      logger,
      clock: tick,
      secure: false,
      development: false,
    },
    async close() {
      await store.stop();
      await database.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
