import { setTimeout as delay } from 'node:timers/promises';
import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import type { RedisSettings } from '@logmaster/core/config/redis-settings';
import { AppError } from '@logmaster/core/errors';
import type { Logger } from '@logmaster/telemetry/logger';
import { Redis } from 'ioredis';
import { type Cache, CacheAway, type CacheCounts, type Leased } from '../cache.ts';
import { type Finding, findingOf, inspect, refusal } from './inspect.ts';
import { redisOptions } from './redis-options.ts';
import { FILL, GET, GET_OR_LEASE, RAISE, type Script } from './scripts.ts';

/** How long a start waits for Redis before it goes on without. */
const START_MS = 3_000;
const SECOND_LOOK_MS = 1_000;
/** KEYS[2] of the scripts. */
const NEVER = 'never';
const AWAY: Finding = { state: 'down', code: 'REDIS_AWAY' };

export interface RedisCacheOptions {
  readonly settings: RedisSettings;
  /** Shown by CLIENT LIST. */
  readonly clientName: string;
  readonly logger: Logger;
}

/** The cache that nodes share: one Redis, or the master that Sentinels name. */
export class RedisCache implements Cache {
  readonly name = 'redis';
  readonly counts: CacheCounts = { hits: 0, misses: 0, invalid: 0, away: 0 };
  readonly #client: Redis;
  readonly #prefix: string;
  readonly #logger: Logger;
  /** Why there is no connection; null while there is one. */
  #fault: Finding | null = AWAY;
  #warned = false;

  constructor({ settings, clientName, logger }: RedisCacheOptions) {
    this.#prefix = settings.prefix;
    this.#logger = logger;
    this.#client = new Redis(redisOptions(settings, clientName));
    this.#client.on('error', (error: Error) => this.#failed(findingOf(error)));
    this.#client.on('close', () => this.#failed(this.#fault ?? AWAY));
    this.#client.on('ready', () => this.#recovered());
  }

  /** Connects. Without an answer it goes on and keeps trying. SERVICE_UNSUITABLE for what only a person can mend. */
  async start(): Promise<void> {
    const settled = new Promise<void>((resolve) => {
      const check = () => {
        if (this.#fault === null || refusal(this.#fault) !== undefined) resolve();
      };
      this.#client.on('ready', check).on('error', check);
      setTimeout(resolve, START_MS).unref();
    });
    this.#client.connect().catch(() => undefined);
    await settled;
    const finding = await this.#find();
    const sentence = finding && refusal(finding);
    if (sentence === undefined || sentence === null) return;
    await this.stop();
    throw new AppError('SERVICE_UNSUITABLE', { detail: sentence });
  }

  async stop(): Promise<void> {
    if (this.#client.status === 'end') return;
    this.#warned = true;
    this.#client.disconnect();
  }

  async health(): Promise<PartHealth> {
    const finding = await this.#findPatiently();
    if (!finding) return { name: this.name, state: 'ok' };
    return { name: this.name, state: finding.state, ...becauseOf(finding.code, finding.params) };
  }

  async get(key: string): Promise<string | undefined> {
    const held = await this.#evaluate(GET, key);
    return typeof held === 'string' && held.startsWith('=') ? held.slice(1) : undefined;
  }
  async set(key: string, text: string, ttlMs: number): Promise<void> {
    await this.#run(() => this.#client.set(this.#prefix + key, `=${text}`, 'PX', Math.max(1, Math.floor(ttlMs))));
  }
  async delete(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#run(() => this.#client.del(keys.map((key) => this.#prefix + key)));
  }
  async getOrLease(key: string, token: string, ttlMs: number): Promise<Leased> {
    const held = await this.#evaluate(GET_OR_LEASE, key, token, Math.floor(ttlMs));
    if (typeof held !== 'string') return { leased: true };
    return held.startsWith('=') ? { text: held.slice(1) } : { leased: false };
  }
  async fill(key: string, token: string, text: string, ttlMs: number): Promise<boolean> {
    return (await this.#evaluate(FILL, key, token, text, Math.max(1, Math.floor(ttlMs)))) === 1;
  }
  async raise(key: string, level: number, ttlMs: number): Promise<void> {
    await this.#evaluate(RAISE, key, level, Math.floor(ttlMs));
  }

  #evaluate({ lua, sha }: Script, key: string, ...words: (string | number)[]): Promise<unknown> {
    const keys = [this.#prefix + key, this.#prefix + NEVER] as const;
    return this.#run(async () => {
      try {
        return await this.#client.evalsha(sha, keys.length, ...keys, ...words);
      } catch (error) {
        // A Redis that was started anew, or has just become the master, does not know the script yet.
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return this.#client.eval(lua, keys.length, ...keys, ...words);
      }
    });
  }

  /** One command, or CacheAway: at once when there is no connection, after COMMAND_MS when nothing comes back. */
  async #run<T>(command: () => Promise<T>): Promise<T> {
    try {
      if (this.#client.status !== 'ready') throw new CacheAway('no connection');
      return await command();
    } catch (error) {
      this.counts.away += 1;
      if (error instanceof CacheAway) throw error;
      // A connection that is silent once makes everybody wait again: leave it, and be told at once by the next attempt.
      if (error instanceof Error && error.message === 'Command timed out') this.#client.disconnect(true);
      throw new CacheAway('the command failed', { cause: error });
    }
  }

  /** A busy event loop lets a command time out as a silent Redis does: what answers within a second is well. */
  async #findPatiently(): Promise<Finding | null> {
    const finding = await this.#find();
    if (finding?.code !== AWAY.code) return finding;
    const late = delay(SECOND_LOOK_MS, undefined, { ref: false });
    if (this.#client.status === 'ready') await late;
    else await Promise.race([new Promise((resolve) => this.#client.once('ready', resolve)), late]);
    return this.#find();
  }

  async #find(): Promise<Finding | null> {
    if (this.#client.status !== 'ready') return this.#fault ?? AWAY;
    try {
      return inspect(await this.#client.info());
    } catch (error) {
      return error instanceof Error ? findingOf(error) : AWAY;
    }
  }

  #failed(finding: Finding): void {
    this.#fault = finding;
    if (this.#warned) return;
    this.#warned = true;
    this.#logger.warn({ code: finding.code }, becauseOf(finding.code, finding.params).reason);
  }
  #recovered(): void {
    this.#fault = null;
    if (this.#warned) this.#logger.info('Redis answers again');
    this.#warned = false;
  }
}
