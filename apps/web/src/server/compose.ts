import path from 'node:path';
import { openHighWaterMark } from '@logmaster/cache/high-water-mark';
import { openCache } from '@logmaster/cache/open';
import { systemClock } from '@logmaster/core/clock';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { databaseSettings } from '@logmaster/core/config/database-settings';
import { elasticsearchSettings } from '@logmaster/core/config/elasticsearch-settings';
import { readEnvironment } from '@logmaster/core/config/environment';
import {
  databaseEnvironment,
  dataEnvironment,
  elasticsearchEnvironment,
  ingestEnvironment,
  ldapEnvironment,
  mailEnvironment,
  redisEnvironment,
  searchEnvironment,
  webEnvironment,
} from '@logmaster/core/config/fragments';
import { ldapSettings } from '@logmaster/core/config/ldap-settings';
import { mailSettings } from '@logmaster/core/config/mail-settings';
import { redisSettings } from '@logmaster/core/config/redis-settings';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { marksMs, openDatabase } from '@logmaster/db/client';
import { requireSuitableServer } from '@logmaster/db/server-check';
import { createTrials } from '@logmaster/parsers/custom/trial/run-trial';
import { DuckDbReader } from '@logmaster/search/duckdb/reader';
import type { SearchStore } from '@logmaster/search/store';
import { LOCAL_TSA_NAME } from '@logmaster/signing/tsp/authority-name';
import { createLogger, type Logger } from '@logmaster/telemetry/logger';
import { z } from 'zod';
import { trustedProxies } from './auth/trusted-proxies.ts';
import type { Dependencies } from './dependencies.ts';
import { relpDelivery } from './identity/relp-delivery.ts';
import { healthBoard } from './services/health/health-board.ts';
import { healthChecks, LOOK_BELIEVED_MS, LOOK_MS } from './services/health/health-checks.ts';
import { readiness } from './services/health/readiness.ts';
import { housekeeping } from './services/housekeeping/housekeeping.ts';
import { sessionDirectory } from './services/session/session-directory.ts';

const environment = dataEnvironment
  .extend(databaseEnvironment.shape)
  .extend(redisEnvironment.shape)
  .extend(searchEnvironment.shape)
  .extend(elasticsearchEnvironment.shape)
  .extend(ldapEnvironment.shape)
  .extend(mailEnvironment.shape)
  .extend(webEnvironment.shape)
  .extend(ingestEnvironment.pick({ TSA_URL: true, TSA_CA_FILE: true, LOGMASTER_DEVICE_TIME_ZONE: true }).shape)
  .extend({ NODE_ENV: z.string().optional() });

const TRIAL_WORKER = 'packages/parsers/src/custom/trial/trial-worker.ts';
/** For a whole trial: a thousand records that each use up their budget. */
const TRIAL_MS = 10_000;

type Config = z.infer<typeof environment>;

export interface Composition {
  readonly dependencies: Dependencies;
  /** Connect, and reject with CONFIG_INVALID or SERVICE_UNSUITABLE for what only a person can mend. */
  readonly startChecks: readonly (() => Promise<void>)[];
  /** Runs beside the requests once they are let in. */
  readonly background: readonly Lifecycle[];
}

/** `next start` runs in apps/web; LOGMASTER_ROOT is only needed where it does not. */
function rootOf(config: Config): string {
  return config.LOGMASTER_ROOT ?? path.resolve('../..');
}

/** The reader alone: what also has the writer would load DuckDB into this process. */
async function composeStore(
  config: Config,
  logger: Logger,
): Promise<{ store: SearchStore; start?: () => Promise<void> }> {
  const elasticsearch = elasticsearchSettings(config);
  if (elasticsearch) {
    const { openElasticsearchReader } = await import('@logmaster/search/elasticsearch/reader');
    const store = openElasticsearchReader({ ...elasticsearch, logger });
    return { store, start: () => store.start() };
  }
  const store = new DuckDbReader({
    indexDir: dataLayout(config.LOGMASTER_DATA_DIR, config.ARCHIVE_DIR).index,
    memoryMb: config.LOGMASTER_SEARCH_MEMORY_MB,
    hostModule: path.join(rootOf(config), 'packages/search/src/duckdb/host.ts'),
    logger,
  });
  return { store };
}

/** The concrete parts of web. What a server of the cluster needs is loaded only where that server is configured. */
export async function composeWeb(): Promise<Composition> {
  const config = readEnvironment(environment);
  const node = `logmaster-${config.LOGMASTER_WEB_NODE}`;
  const logger = createLogger('web', config.LOGMASTER_LOG_LEVEL).child({ node: config.LOGMASTER_WEB_NODE });
  const layout = dataLayout(config.LOGMASTER_DATA_DIR, config.ARCHIVE_DIR);
  const { url, replicaUrls, maxLagSeconds } = databaseSettings(config);
  const [ldap, mail, redis] = [ldapSettings(config), mailSettings(config), redisSettings(config)];
  const cache = await openCache(redis, { clientName: node, logger: logger.child({ part: 'cache' }) });
  const marks = openHighWaterMark(cache, { kind: 'written', ttlMs: marksMs(maxLagSeconds) });
  const database = openDatabase({
    url,
    replicas: replicaUrls.length > 0 ? { urls: replicaUrls, maxLagSeconds, marks } : undefined,
    applicationName: node,
  });
  const { store, start } = await composeStore(config, logger.child({ part: 'search' }));
  const { LOGMASTER_INGEST_URL: ingestUrl, LOGMASTER_INGEST_IDENTITY: identity } = config;
  const checks = healthChecks({ database, store, cache, layout, ingestUrl, maxLagSeconds, ldap, mail });
  return {
    dependencies: {
      database,
      store,
      sessions: sessionDirectory(database, cache, systemClock),
      health: healthBoard({ checks, timeoutMs: LOOK_MS, believedMs: LOOK_BELIEVED_MS }),
      isReady: readiness(database),
      layout,
      trials: createTrials({ workerModule: path.join(rootOf(config), TRIAL_WORKER), timeLimitMs: TRIAL_MS }),
      deviceTimeZone: config.LOGMASTER_DEVICE_TIME_ZONE,
      tsa: {
        anchorFiles: [layout.tsaCa, ...(config.TSA_CA_FILE ? [config.TSA_CA_FILE] : [])],
        local: config.TSA_URL === undefined,
        name: config.TSA_URL === undefined ? LOCAL_TSA_NAME : new URL(config.TSA_URL).hostname,
      },
      ingestUrl,
      identities: identity === undefined ? undefined : relpDelivery(identity),
      logger,
      clock: systemClock,
      proxies: trustedProxies(config.LOGMASTER_TRUSTED_PROXIES),
      cookieSecret: config.NEXTAUTH_SECRET,
      secure: config.NEXTAUTH_URL.startsWith('https:'),
      development: config.NODE_ENV === 'development',
    },
    background: [housekeeping({ database, url, node: config.LOGMASTER_WEB_NODE, clock: systemClock, logger })],
    startChecks: [() => cache.start(), () => requireSuitableServer(database.primary), ...(start ? [start] : [])],
  };
}
