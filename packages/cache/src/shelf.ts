import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Cache, CacheAway } from './cache.ts';

/** One kind of value in the cache. */
export interface ShelfOptions<T> {
  /** Begins the keys of this kind; no colon. */
  readonly kind: string;
  /** Raise it when the meaning of the values changes: nodes of both versions then leave each other's values alone. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  /** How long a value is believed, counted from before it was loaded. */
  readonly ttlMs: number;
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: () => number;
}

/** Values of one kind. No call rejects because the cache is away. */
export interface Shelf<T> {
  /** Undefined for a value that is missing, expired, another version's or garbage, and while the cache is away. */
  get(key: string): Promise<T | undefined>;
  /** False when the cache is away and nothing was kept. */
  set(key: string, value: T): Promise<boolean>;
  /** False when the cache is away: what stands there stays until its time is over. */
  delete(keys: readonly string[]): Promise<boolean>;
  /**
   * The value, from the cache or from `load`. What `load` gives is kept unless the key was deleted while it worked, so a
   * change that is followed by `delete` is seen by every `fetch` that begins afterwards, on all nodes. With the cache
   * away it is loaded each time.
   */
  fetch(key: string, load: () => Promise<T>): Promise<T>;
}

/** A node that died while loading blocks the key no longer than this; until then others load without keeping. */
const LEASE_MS = 5_000;

/** True for "it is away", which callers live with; anything else is a mistake of ours and is thrown on. */
function isAway(error: unknown): true {
  if (error instanceof CacheAway) return true;
  throw error;
}

/** Typed values of one kind over the texts of a cache. */
export function openShelf<T>(cache: Cache, options: ShelfOptions<T>): Shelf<T> {
  const { kind, version, schema, ttlMs, now = () => performance.now() } = options;
  const mark = `${version}:`;
  const keyOf = (key: string) => `${kind}:${key}`;
  const encode = (value: T) => mark + JSON.stringify(value);

  function decode(text: string): { readonly value: T } | undefined {
    if (!text.startsWith(mark)) return undefined;
    try {
      const result = schema.safeParse(JSON.parse(text.slice(mark.length)));
      return result.success ? { value: result.data } : undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
  /** Counts, and clears what nobody can use so that the next `fetch` fills it. */
  async function read(key: string, text: string): Promise<{ readonly value: T } | undefined> {
    const found = decode(text);
    if (found) {
      cache.counts.hits += 1;
      return found;
    }
    cache.counts.invalid += 1;
    await cache.delete([keyOf(key)]);
    return undefined;
  }
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      return !isAway(error);
    }
  }
  /** The value, or the lease under which it may be filled; neither while the cache is away or somebody else fills it. */
  async function enter(key: string): Promise<{ readonly value: T } | { readonly lease: string | undefined }> {
    try {
      const lease = randomUUID();
      const found = await cache.getOrLease(keyOf(key), lease, LEASE_MS);
      if ('text' in found) return (await read(key, found.text)) ?? { lease: undefined };
      cache.counts.misses += 1;
      return { lease: found.leased ? lease : undefined };
    } catch (error) {
      isAway(error);
      return { lease: undefined };
    }
  }
  return {
    async get(key) {
      try {
        const text = await cache.get(keyOf(key));
        if (text !== undefined) return (await read(key, text))?.value;
        cache.counts.misses += 1;
      } catch (error) {
        isAway(error);
      }
      return undefined;
    },
    set: (key, value) => attempt(() => cache.set(keyOf(key), encode(value), ttlMs)),
    delete: (keys) => attempt(() => cache.delete(keys.map(keyOf))),
    async fetch(key, load) {
      const found = await enter(key);
      if ('value' in found) return found.value;
      const began = now();
      const value = await load();
      const left = Math.floor(ttlMs - (now() - began));
      const { lease } = found;
      if (lease !== undefined && left > 0) await attempt(() => cache.fill(keyOf(key), lease, encode(value), left));
      return value;
    },
  };
}
