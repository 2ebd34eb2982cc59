import { type Cache, CacheAway } from './cache.ts';

/** The greatest number seen for each key, shared by the nodes. */
export interface HighWaterMark {
  /** False when the cache is away and the other nodes do not learn of it. */
  raise(key: string, level: number): Promise<boolean>;
  /** 0 when there is none. Undefined when the cache can't tell. */
  read(key: string): Promise<number | undefined>;
}

/** Marks of one kind, in the cache under `<kind>:<key>`; each stays for at least `ttlMs` after it was raised last. */
export function openHighWaterMark(
  cache: Cache,
  { kind, ttlMs }: { readonly kind: string; readonly ttlMs: number },
): HighWaterMark {
  const keyOf = (key: string) => `${kind}:${key}`;
  async function unlessAway<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CacheAway) return undefined;
      throw error;
    }
  }
  return {
    async raise(key, level) {
      return (await unlessAway(async () => cache.raise(keyOf(key), level, ttlMs).then(() => true))) ?? false;
    },
    read: (key) =>
      unlessAway(async () => {
        const text = await cache.get(keyOf(key));
        if (text === undefined) return 0;
        if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
        // Not a level: whoever wrote it, nothing can be told from it.
        cache.counts.invalid += 1;
        throw new CacheAway('not a level');
      }),
  };
}
