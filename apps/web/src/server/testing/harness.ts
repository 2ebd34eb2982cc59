import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MemoryCache } from '@logmaster/cache/memory/memory-cache';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { openDatabase } from '@logmaster/db/client';
import { migrateUp } from '@logmaster/db/migrate';
import { canServe } from '@logmaster/db/server-check';
import { createTrials } from '@logmaster/parsers/custom/trial/run-trial';
import { openDuckDbReader } from '@logmaster/search/open';
import { createLogger } from '@logmaster/telemetry/logger';
import { trustedProxies } from '../auth/trusted-proxies.ts';
import type { Dependencies } from '../dependencies.ts';
import { healthBoard } from '../services/health/health-board.ts';
import { healthChecks } from '../services/health/health-checks.ts';
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
  const cache = new MemoryCache({ now: () => tick() / 1000 });
  const ingestUrl = 'http://127.0.0.1:1';
  const none = { ldap: undefined, mail: undefined, maxLagSeconds: 10 };
  const checks = healthChecks({ database, store, cache, layout, ingestUrl, ...none });
  return {
    clock,
    deps: {
      database,
      store,
      health: healthBoard({ checks, timeoutMs: 10_000, believedMs: 0 }),
      isReady: () => canServe(database.primary),
      sessions: sessionDirectory(database, cache, tick),
      layout,
      trials: createTrials({
        workerModule: path.resolve(
          import.meta.dirname,
          '../../../../../packages/parsers/src/custom/trial/trial-worker.ts',
        ),
        timeLimitMs: 30_000,
      }),
      deviceTimeZone: 'Europe/Istanbul',
      tsa: { anchorFiles: [layout.tsaCa], local: true, name: 'local' },
      ingestUrl,
      identities: undefined,
      logger,
      clock: tick,
      proxies: trustedProxies(['127.0.0.0/8', '::1']),
      cookieSecret: 'x'.repeat(32),
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
