import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { ServiceError } from '../process/service-error.ts';
import { createRedis, createRedisSentinels, redisCommand } from './redis.ts';

let keeper: Keeper;
beforeAll(async () => {
  keeper = await openKeeper('test-redis');
});
afterAll(async () => {
  await keeper.close();
  expect(existsSync(keeper.folder)).toBe(false);
});

test('a server answers, hangs, goes on, is killed and comes back', async () => {
  const redis = await createRedis(keeper, { password: 'pass word' });
  await redis.start();
  const ask = (...words: string[]) => redisCommand(redis.address, 'pass word', ...words);
  expect(await ask('SET', 'k', 'v')).toBe('+OK\r\n');
  expect(await ask('GET', 'k')).toBe('$1\r\nv\r\n');
  await expect(redisCommand(redis.address, 'wrong', 'PING')).rejects.toThrow(/WRONGPASS/);

  await redis.hang();
  const answer = ask('PING');
  await redis.resume();
  expect(await answer).toBe('+PONG\r\n');

  await redis.kill();
  expect(redis.running()).toBe(false);
  await expect(redis.ready()).rejects.toThrow(/does not run/);
  await redis.start();
  await redis.ready();
  await redis.stop();
  expect(await redis.logs()).toMatch(/ready to exit/);
});

test('a taken port and a server that ends at once are told with part, last words and advice', async () => {
  const first = await createRedis(keeper);
  await first.start();
  const second = await createRedis(keeper, { name: 'second', port: first.address.port });
  const taken = await second.start().catch((error: unknown) => error);
  expect(taken).toBeInstanceOf(ServiceError);
  expect(String(taken)).toMatch(/second: port \d+ on 127\.0\.0\.1 is used by another program\n {2}How to go on: /);

  const broken = await createRedis(keeper, { name: 'broken', maxMemory: 'much' });
  const ended = await broken.start().catch((error: unknown) => error);
  expect(String(ended)).toMatch(
    /broken: it ended with code 1 while it started\n {2}Its last log lines:\n[\s\S]*maxmemory/,
  );
  expect(broken.running()).toBe(false);
});

test('the Sentinels promote the replica when the master is killed, and what was written is there', async () => {
  const redis = await createRedisSentinels(keeper, { password: 'secret' });
  await redis.start();
  const [master, replica] = redis.servers;
  if (!master || !replica) throw new Error('two servers');
  expect(await redis.master()).toEqual(master.address);
  await redisCommand(master.address, 'secret', 'SET', 'kept', 'yes');
  expect(await redisCommand(master.address, 'secret', 'WAIT', '1', '5000')).toBe(':1\r\n');
  await master.kill();
  expect(await redis.untilFailedOverFrom(master.address)).toEqual(replica.address);
  expect(await redisCommand(replica.address, 'secret', 'GET', 'kept')).toBe('$3\r\nyes\r\n');
  await redis.stop();
});
