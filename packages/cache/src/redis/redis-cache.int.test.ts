import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RedisSettings } from '@logmaster/core/config/redis-settings';
import { createLogger } from '@logmaster/telemetry/logger';
import { type Gate, openGate } from '@logmaster/testkit/faults/gate';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { processService } from '@logmaster/testkit/services/process-service';
import { createRedis, createRedisSentinels, type RedisService, redisCommand } from '@logmaster/testkit/services/redis';
import type { Address } from '@logmaster/testkit/services/service';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CacheAway } from '../cache.ts';
import { cacheSuite, realTime } from '../conformance/suite.ts';
import { RedisCache } from './redis-cache.ts';

const logger = createLogger('test', 'silent');
const LONG_MS = 600_000;
/** Failover takes the Sentinels some seconds. */
const FOLLOWED = { timeout: 60_000, interval: 50 };

let keeper: Keeper;
let redis: RedisService;
beforeAll(async () => {
  keeper = await openKeeper('test-cache');
  redis = await createRedis(keeper, { password: 'pass word' });
  await redis.start();
});
afterAll(() => keeper.close());

function settingsFor(address: Address, more: Partial<RedisSettings> = {}): RedisSettings {
  return {
    target: { kind: 'server', ...address },
    username: undefined,
    password: 'pass word',
    database: 0,
    tls: false,
    ca: undefined,
    prefix: 'test:',
    ...more,
  };
}

function makeCache(settings: RedisSettings): RedisCache {
  const cache = new RedisCache({ settings, clientName: 'logmaster-test', logger });
  onTestFinished(() => cache.stop());
  return cache;
}

cacheSuite('Redis', async () => {
  await redisCommand(redis.address, redis.password, 'FLUSHALL');
  const cache = makeCache(settingsFor(redis.address));
  await cache.start();
  return { cache, pass: realTime };
});

describe('a start', () => {
  async function sentenceOf(settings: RedisSettings): Promise<string> {
    return makeCache(settings)
      .start()
      .then(
        () => 'started',
        (error: Error) => error.message,
      );
  }

  test('goes on without a Redis, which is used as soon as it is there', async () => {
    const late = await createRedis(keeper);
    const cache = makeCache(settingsFor(late.address, { password: undefined }));
    await cache.start();
    expect(await cache.health()).toMatchObject({ state: 'down', code: 'REDIS_AWAY' });
    await expect(cache.get('k')).rejects.toThrow(CacheAway);
    await late.start();
    await vi.waitFor(() => cache.set('k', 'v', LONG_MS), FOLLOWED);
    expect(await cache.health()).toEqual({ name: 'redis', state: 'ok' });
    await late.stop();
  });

  test('is refused for a wrong password, and for none', async () => {
    const refused = /Redis refuses the user name or password/;
    expect(await sentenceOf(settingsFor(redis.address, { password: 'wrong' }))).toMatch(refused);
    expect(await sentenceOf(settingsFor(redis.address, { password: undefined }))).toMatch(refused);
    expect(await sentenceOf(settingsFor(redis.address, { username: 'nobody' }))).toMatch(refused);
  });

  test('is refused for a server that is not Redis', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await sentenceOf(settingsFor({ host: '127.0.0.1', port }))).toMatch(/is not Redis/);
  });

  test('says of a replica that it is one, and is not refused: it may become the master', async () => {
    const replica = await createRedis(keeper, { password: 'pass word', replicaOf: redis.address });
    await replica.start();
    const cache = makeCache(settingsFor(replica.address));
    await cache.start();
    expect(await cache.health()).toMatchObject({ state: 'down', code: 'REDIS_IS_REPLICA' });
    await redisCommand(redis.address, redis.password, 'SET', 'test:k', '=old');
    await expect(cache.getOrLease('k', 'token', LONG_MS)).rejects.toThrow(CacheAway);
    await expect(cache.get('k')).rejects.toThrow(CacheAway);
    await replica.stop();
  });

  test('notes a policy that also removes keys without an end', async () => {
    const evicting = await createRedis(keeper, { password: 'pass word' });
    await evicting.start();
    await redisCommand(evicting.address, 'pass word', 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const cache = makeCache(settingsFor(evicting.address));
    await cache.start();
    expect(await cache.health()).toEqual({
      name: 'redis',
      state: 'degraded',
      code: 'REDIS_EVICTS',
      params: { policy: 'allkeys-lru' },
      reason: 'Redis also removes keys that have no end (allkeys-lru); set maxmemory-policy to volatile-lru',
    });
    await evicting.stop();
  });

  test('speaks TLS, and only to a server it can trust', async () => {
    const authority = await makeCertificateAuthority(keeper, 'redis-ca');
    const { certificateFile, keyFile } = await authority.issue('redis');
    const port = await createRedis(keeper).then(({ address }) => address.port);
    const address = { host: '127.0.0.1', port };
    const files = ['--tls-cert-file', certificateFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', authority.file];
    const server = processService({
      keeper,
      name: 'redis-tls',
      address,
      component: 'redis',
      command: 'redis-server',
      cwd: await keeper.makeFolder('redis-tls'),
      args: ['--port', '0', '--tls-port', `${port}`, '--tls-auth-clients', 'no', '--save', '', ...files],
      async probe() {
        const cache = makeCache(settingsFor(address, { password: undefined, tls: true, ca: authority.pem }));
        await cache.start();
        if ((await cache.health()).state !== 'ok') throw new Error('not ready');
      },
    });
    await server.start();
    const trusting = makeCache(settingsFor(address, { password: undefined, tls: true, ca: authority.pem }));
    await trusting.start();
    await trusting.set('k', 'v', LONG_MS);
    expect(await trusting.get('k')).toBe('v');
    const strange = makeCache(settingsFor(address, { password: undefined, tls: true }));
    await strange.start();
    expect(await strange.health()).toMatchObject({ state: 'down', code: 'REDIS_TLS' });
    await server.stop();
  });
});

describe('a connection', () => {
  async function behindGate(): Promise<{ cache: RedisCache; gate: Gate }> {
    const gate = await openGate(redis.address);
    onTestFinished(() => gate.close());
    const cache = makeCache(settingsFor(gate.address));
    await cache.start();
    await cache.set('k', 'v', LONG_MS);
    return { cache, gate };
  }

  test.each(['cut', 'stall'] as const)(
    'that is %s makes calls fail at once, and comes back by itself',
    async (fault) => {
      const { cache, gate } = await behindGate();
      await gate[fault]();
      await expect(cache.get('k')).rejects.toThrow(CacheAway);
      await expect(cache.getOrLease('k', 't', LONG_MS)).rejects.toThrow(CacheAway);
      await expect(cache.delete(['k'])).rejects.toThrow(CacheAway);
      expect(await cache.health()).toMatchObject({ name: 'redis', state: 'down', code: 'REDIS_AWAY' });
      expect(cache.counts.away).toBe(3);
      gate.open();
      await vi.waitFor(async () => expect(await cache.get('k')).toBe('v'), FOLLOWED);
      expect(await cache.health()).toMatchObject({ state: 'ok' });
    },
  );

  test('stays usable when Redis has forgotten the scripts', async () => {
    const { cache } = await behindGate();
    expect(await cache.getOrLease('s', 'a', LONG_MS)).toEqual({ leased: true });
    await redisCommand(redis.address, redis.password, 'SCRIPT', 'FLUSH');
    expect(await cache.fill('s', 'a', 'v', LONG_MS)).toBe(true);
    await cache.delete(['s']);
  });

  test('is known to Redis by the node’s name', async () => {
    await behindGate();
    expect(await redisCommand(redis.address, redis.password, 'CLIENT', 'LIST')).toContain('name=logmaster-test');
  });
});

test('Sentinels are asked for the master, and a failover is followed', async () => {
  const cluster = await createRedisSentinels(keeper, { name: 'watched', password: 'secret' });
  await cluster.start();
  const target = {
    kind: 'sentinels' as const,
    sentinels: cluster.sentinels.map(({ address }) => address),
    master: cluster.masterName,
    password: undefined,
  };
  const cache = makeCache(settingsFor(redis.address, { target, password: 'secret' }));
  await cache.start();
  await cache.set('k', 'before', LONG_MS);
  const first = await cluster.master();
  await redisCommand(first, 'secret', 'WAIT', '1', '5000');

  // Frozen, not killed: connections stay open, as when a machine loses its network.
  const frozen = cluster.servers.find(({ address }) => address.port === first.port);
  await frozen?.hang();
  const next = await cluster.untilFailedOverFrom(first);
  await vi.waitFor(async () => expect(await cache.get('k')).toBe('before'), FOLLOWED);
  await vi.waitFor(() => cache.set('k', 'after', LONG_MS), FOLLOWED);
  expect(await redisCommand(next, 'secret', 'GET', 'test:k')).toBe('$6\r\n=after\r\n');
  await frozen?.resume();

  const misnamed = makeCache(
    settingsFor(redis.address, { target: { ...target, master: 'other' }, password: 'secret' }),
  );
  await misnamed.start();
  expect(await misnamed.health()).toMatchObject({ state: 'down', code: 'REDIS_NO_MASTER' });
  const [sentinel] = cluster.sentinels;
  const atSentinel = makeCache(settingsFor(sentinel?.address ?? redis.address, { password: undefined }));
  await expect(atSentinel.start()).rejects.toThrow(/that of a Sentinel/);
  await cluster.stop();
});
