import { openCache } from '@logmaster/cache/open';
import type { PartHealth } from '@logmaster/core/api/health';
import { elasticsearchSettings } from '@logmaster/core/config/elasticsearch-settings';
import { readEnvironment } from '@logmaster/core/config/environment';
import { dataEnvironment, elasticsearchEnvironment, redisEnvironment } from '@logmaster/core/config/fragments';
import { redisSettings } from '@logmaster/core/config/redis-settings';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createLogger, type Logger } from '@logmaster/telemetry/logger';

const environment = dataEnvironment.extend(redisEnvironment.shape).extend(elasticsearchEnvironment.shape);

/** A server that the environment names, opened as the product opens it. */
type Checked = Lifecycle & { health(): Promise<PartHealth | null> };

async function openSearch(values: ReturnType<typeof readValues>, logger: Logger): Promise<Checked | undefined> {
  const settings = elasticsearchSettings(values);
  if (settings === undefined) return undefined;
  const { openElasticsearchReader } = await import('@logmaster/search/elasticsearch/reader');
  return openElasticsearchReader({ ...settings, logger });
}

async function openRedis(values: ReturnType<typeof readValues>, logger: Logger): Promise<Checked | undefined> {
  const settings = redisSettings(values);
  return settings && openCache(settings, { clientName: 'logmaster-prepare', logger });
}

function readValues() {
  return readEnvironment(environment);
}

/**
 * Asks Elasticsearch and Redis, where the environment names them, whether they answer, let us in and are new enough, and
 * says so of each. Throws CONFIG_INVALID with the reason of the first that does not.
 */
export async function checkServers(say: (text: string) => void): Promise<void> {
  const values = readValues();
  const logger = createLogger('prepare', 'fatal');
  const checks = [
    { name: 'Elasticsearch', open: openSearch },
    { name: 'Redis', open: openRedis },
  ];
  for (const { name, open } of checks) {
    const server = await open(values, logger);
    if (server === undefined) continue;
    await server.start();
    const health = await server.health();
    await server.stop();
    if (health?.state === 'down') throw new AppError('CONFIG_INVALID', { detail: `${name}: ${health.reason}` });
    say(`${name} ${health?.state === 'degraded' ? `works, but: ${health.reason}` : 'is ready'}`);
  }
}
