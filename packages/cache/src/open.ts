import type { RedisSettings } from '@logmaster/core/config/redis-settings';
import type { Logger } from '@logmaster/telemetry/logger';
import type { Cache } from './cache.ts';
import { MemoryCache } from './memory/memory-cache.ts';

/** The cache of this configuration: Redis where it is configured, else this process. ioredis is loaded only for Redis. */
export async function openCache(
  settings: RedisSettings | undefined,
  options: { readonly clientName: string; readonly logger: Logger },
): Promise<Cache> {
  if (settings === undefined) return new MemoryCache();
  const { RedisCache } = await import('./redis/redis-cache.ts');
  return new RedisCache({ settings, ...options });
}
