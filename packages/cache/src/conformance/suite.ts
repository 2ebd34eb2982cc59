import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Cache } from '../cache.ts';
import { openHighWaterMark } from '../high-water-mark.ts';
import { openShelf } from '../shelf.ts';

const LONG_MS = 60_000;

export interface CacheUnderTest {
  readonly cache: Cache;
  /** Makes `ms` pass for the cache. */
  pass(ms: number): Promise<void>;
}

/** Waits on the real clock, for caches whose clock is somebody else's. */
export function realTime(ms: number): Promise<void> {
  return delay(ms);
}

/** A value whose loading the test ends by hand. */
function slowLoad<T>() {
  const { promise, resolve } = Promise.withResolvers<T>();
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  return {
    began,
    finish: resolve,
    load: () => {
      begin();
      return promise;
    },
  };
}

/** What every cache promises. `open` gives one that is started and empty. */
export function cacheSuite(name: string, open: () => Promise<CacheUnderTest>): void {
  describe(name, () => {
    let cache: Cache;
    let pass: CacheUnderTest['pass'];
    beforeEach(async () => {
      ({ cache, pass } = await open());
    });

    test('what is set is got until it is deleted or its time is over', async () => {
      expect(await cache.get('k')).toBeUndefined();
      await cache.set('k', 'İzmir \u0000 =?', LONG_MS);
      expect(await cache.get('k')).toBe('İzmir \u0000 =?');
      await cache.set('k', '', LONG_MS);
      expect(await cache.get('k')).toBe('');
      await cache.set('short', 'x', 100);
      await cache.delete(['k', 'nobody']);
      await cache.delete([]);
      expect(await cache.get('k')).toBeUndefined();
      await pass(150);
      expect(await cache.get('short')).toBeUndefined();
    });

    test('one lease at a time fills a key, once, and never after the key was deleted', async () => {
      expect(await cache.getOrLease('k', 'a', LONG_MS)).toEqual({ leased: true });
      expect(await cache.getOrLease('k', 'b', LONG_MS)).toEqual({ leased: false });
      expect(await cache.get('k')).toBeUndefined();
      expect(await cache.fill('k', 'b', 'of b', LONG_MS)).toBe(false);
      expect(await cache.fill('k', 'a', 'of a', LONG_MS)).toBe(true);
      expect(await cache.fill('k', 'a', 'again', LONG_MS)).toBe(false);
      expect(await cache.getOrLease('k', 'c', LONG_MS)).toEqual({ text: 'of a' });
      await cache.delete(['k']);
      expect(await cache.getOrLease('k', 'd', LONG_MS)).toEqual({ leased: true });
      await cache.delete(['k']);
      expect(await cache.fill('k', 'd', 'stale', LONG_MS)).toBe(false);
      expect(await cache.getOrLease('k', 'e', 100)).toEqual({ leased: true });
      expect(await cache.fill('k', 'd', 'stale', LONG_MS)).toBe(false);
      await pass(150);
      expect(await cache.getOrLease('k', 'f', LONG_MS)).toEqual({ leased: true });
    });

    test('a text that looks like a lease is a text', async () => {
      await cache.set('k', '?a', LONG_MS);
      expect(await cache.fill('k', 'a', 'x', LONG_MS)).toBe(false);
      expect(await cache.getOrLease('k', 'b', LONG_MS)).toEqual({ text: '?a' });
    });

    test('a level only rises, exactly up to 2^53, and stays as long as its longest time', async () => {
      const mark = openHighWaterMark(cache, { kind: 'lsn', ttlMs: LONG_MS });
      expect(await mark.read('u')).toBe(0);
      await Promise.all([3, 7, 5].map((level) => mark.raise('u', level)));
      expect(await mark.read('u')).toBe(7);
      expect(await mark.raise('u', 2)).toBe(true);
      expect(await mark.read('u')).toBe(7);
      const max = Number.MAX_SAFE_INTEGER;
      await mark.raise('u', max - 1);
      await mark.raise('u', max);
      await mark.raise('u', max - 1);
      expect(await mark.read('u')).toBe(max);
      await cache.raise('v', 2, LONG_MS);
      await cache.raise('v', 3, 1);
      await cache.raise('short', 2, 100);
      await pass(150);
      expect([await cache.get('v'), await cache.get('short')]).toEqual(['3', undefined]);
    });

    test('what is no level tells nothing', async () => {
      const mark = openHighWaterMark(cache, { kind: 'lsn', ttlMs: LONG_MS });
      for (const text of ['', '-1', '1.5', 'x', '9'.repeat(17)]) {
        await cache.set('lsn:u', text, LONG_MS);
        expect(await mark.read('u')).toBeUndefined();
      }
      expect(cache.counts.invalid).toBe(5);
    });

    describe('a shelf', () => {
      const schema = z.object({ n: z.int() }).nullable();
      const shelfOf = (version = 1, ttlMs = LONG_MS) => openShelf(cache, { kind: 'thing', version, schema, ttlMs });

      test('loads once, keeps null too, and loads again after a deletion', async () => {
        const shelf = shelfOf();
        let loads = 0;
        const load = async () => {
          loads += 1;
          return loads === 1 ? null : { n: loads };
        };
        expect([await shelf.fetch('k', load), await shelf.fetch('k', load)]).toEqual([null, null]);
        expect(await shelf.delete(['k'])).toBe(true);
        expect([await shelf.fetch('k', load), await shelf.fetch('k', load)]).toEqual([{ n: 2 }, { n: 2 }]);
        expect(await shelf.get('k')).toEqual({ n: 2 });
        expect(await shelf.set('k', { n: 9 })).toBe(true);
        expect(await shelf.get('k')).toEqual({ n: 9 });
        expect(cache.counts).toMatchObject({ hits: 4, misses: 2, invalid: 0 });
      });

      test('what was loaded before a deletion is not kept after it', async () => {
        const shelf = shelfOf();
        const slow = slowLoad<{ n: number } | null>();
        const reading = shelf.fetch('k', slow.load);
        await slow.began;
        await shelf.delete(['k']);
        slow.finish({ n: 1 });
        expect(await reading).toEqual({ n: 1 });
        expect(await shelf.get('k')).toBeUndefined();
        expect(await shelf.fetch('k', async () => ({ n: 2 }))).toEqual({ n: 2 });
      });

      test('another version and garbage are misses, counted and cleared', async () => {
        const shelf = shelfOf(2);
        for (const text of ['1:{"n":1}', '2:{"n":"x"}', '2:{', '', 'x', '2:']) {
          await cache.set('thing:k', text, LONG_MS);
          expect(await shelf.get('k')).toBeUndefined();
          await cache.set('thing:k', text, LONG_MS);
          expect(await shelf.fetch('k', async () => ({ n: 5 }))).toEqual({ n: 5 });
          expect(await cache.get('thing:k')).toBeUndefined();
        }
        expect(cache.counts.invalid).toBe(12);
        await shelf.fetch('k', async () => ({ n: 6 }));
        expect(await shelf.get('k')).toEqual({ n: 6 });
      });

      test('a load that fails keeps nothing and is the asker’s failure', async () => {
        const shelf = shelfOf();
        await expect(shelf.fetch('k', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
        expect(await shelf.fetch('k', async () => ({ n: 1 }))).toEqual({ n: 1 });
      });

      test('a value is believed from before it was loaded', async () => {
        let now = 0;
        const shelf = openShelf(cache, { kind: 'thing', version: 1, schema, ttlMs: 1_000, now: () => now });
        const load = async () => {
          now += 1_000;
          return { n: 1 };
        };
        await shelf.fetch('late', load);
        expect(await shelf.get('late')).toBeUndefined();
      });
    });
  });
}
