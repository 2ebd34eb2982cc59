import type { RedisSettings } from '@logmaster/core/config/redis-settings';
import type { RedisOptions as AllOptions } from 'ioredis';

/** Without the one that would change the types of answers. */
type RedisOptions = Omit<AllOptions, 'replyMapping'>;

/** No caller waits longer for Redis: its answer saves a query of some milliseconds. */
export const COMMAND_MS = 250;
/** One attempt to connect, TLS included; nobody waits for it. */
const CONNECT_MS = 2_000;
const SENTINEL_MS = 1_000;
const MAX_PAUSE_MS = 2_000;

/** 50 ms, doubling to 2 s: a failover takes a few seconds. */
function pause(attempt: number): number {
  return Math.min(MAX_PAUSE_MS, 25 * 2 ** Math.min(attempt, 10));
}

function targetOptions({ target, tls, ca }: RedisSettings): RedisOptions {
  const encryption = tls ? { tls: ca === undefined ? {} : { ca } } : {};
  if (target.kind === 'server') return { host: target.host, port: target.port, ...encryption };
  return {
    sentinels: target.sentinels.map((sentinel) => ({ ...sentinel })),
    name: target.master,
    ...(target.password === undefined ? {} : { sentinelPassword: target.password }),
    ...encryption,
    ...(encryption.tls ? { enableTLSForSentinelMode: true, sentinelTLS: encryption.tls } : {}),
    sentinelCommandTimeout: SENTINEL_MS,
    sentinelRetryStrategy: pause,
  };
}

/** How ioredis is to behave: never queue, never wait, never repeat, always come back. */
export function redisOptions(settings: RedisSettings, clientName: string): RedisOptions {
  const { username, password, database } = settings;
  return {
    ...targetOptions(settings),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    db: database,
    connectionName: clientName,
    // With 3, a server that is too old to be used could not be told from one that is broken.
    protocol: 2,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: pause,
    // A master that became a replica: connect anew, and Sentinel names the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
}
