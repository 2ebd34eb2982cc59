import path from 'node:path';
import { systemClock } from '@logmaster/core/clock';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import {
  databaseEnvironment,
  dataEnvironment,
  ingestEnvironment,
  searchEnvironment,
  webEnvironment,
} from '@logmaster/core/config/fragments';
import { openDatabase } from '@logmaster/db/client';
import { DuckDbReader } from '@logmaster/search/duckdb/reader';
import { LOCAL_TSA_NAME } from '@logmaster/signing/tsp/authority-name';
import { createLogger } from '@logmaster/telemetry/logger';
import { z } from 'zod';
import type { Dependencies } from './dependencies.ts';
import { sessionDirectory } from './services/session/session-directory.ts';

const environment = dataEnvironment
  .extend(databaseEnvironment.shape)
  .extend(searchEnvironment.shape)
  .extend(webEnvironment.shape)
  .extend(ingestEnvironment.pick({ TSA_URL: true, TSA_CA_FILE: true }).shape)
  .extend({ NODE_ENV: z.string().optional() });

/** The concrete parts of web. Nothing is connected yet: database and search connect at their first use. */
export function composeWeb(): Dependencies {
  const config = readEnvironment(environment);
  const logger = createLogger('web', config.LOGMASTER_LOG_LEVEL);
  const layout = dataLayout(config.LOGMASTER_DATA_DIR, config.ARCHIVE_DIR);
  const database = openDatabase({ url: config.DATABASE_URL, replicaUrls: config.DATABASE_REPLICA_URLS });
  // `next start` runs in apps/web; LOGMASTER_ROOT is only needed where it does not.
  const root = config.LOGMASTER_ROOT ?? path.resolve('../..');
  // The reader alone: what also has the writer would load DuckDB into this process.
  const store = new DuckDbReader({
    indexDir: layout.index,
    memoryMb: config.LOGMASTER_SEARCH_MEMORY_MB,
    hostModule: path.join(root, 'packages/search/src/duckdb/host.ts'),
    logger: logger.child({ part: 'search' }),
  });
  return {
    database,
    store,
    sessions: sessionDirectory(database, systemClock),
    layout,
    tsa: {
      anchorFiles: [layout.tsaCa, ...(config.TSA_CA_FILE ? [config.TSA_CA_FILE] : [])],
      local: config.TSA_URL === undefined,
      name: config.TSA_URL === undefined ? LOCAL_TSA_NAME : new URL(config.TSA_URL).hostname,
    },
    ingestUrl: config.LOGMASTER_INGEST_URL,
    logger,
    clock: systemClock,
    secure: config.NEXTAUTH_URL.startsWith('https:'),
    development: config.NODE_ENV === 'development',
  };
}
