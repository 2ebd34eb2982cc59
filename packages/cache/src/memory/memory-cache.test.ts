import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cacheSuite } from '../conformance/suite.ts';
import { MemoryCache } from './memory-cache.ts';

cacheSuite('a cache in this process', async () => {
  let now = 0;
  const cache = new MemoryCache({ now: () => now });
  await cache.start();
  return {
    cache,
    pass: async (ms) => {
      now += ms;
    },
  };
});

test('the entry that was used longest ago goes first', async () => {
  const cache = new MemoryCache({ maxEntries: 2 });
  await cache.set('a', '1', 1_000);
  await cache.set('b', '2', 1_000);
  await cache.get('a');
  await cache.set('c', '3', 1_000);
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual(['1', undefined, '3']);
});

test('it never holds more than its bounds, whatever happens to it', async () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const step = fc.oneof(
    fc.record({ set: key, size: fc.nat(30), ttl: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ drop: key }),
    fc.record({ lease: key }),
    fc.record({ read: key, pass: fc.nat(60) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      let now = 0;
      const cache = new MemoryCache({ now: () => now, maxEntries: 3, maxCharacters: 40 });
      for (const one of steps) {
        if ('set' in one) await cache.set(one.set, 'x'.repeat(one.size), one.ttl);
        else if ('drop' in one) await cache.delete([one.drop]);
        else if ('lease' in one) await cache.getOrLease(one.lease, 'token', 20);
        else {
          now += one.pass;
          await cache.get(one.read);
        }
      }
      const texts = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => cache.get(name)));
      const held = texts.filter((text) => text !== undefined);
      expect(held.length).toBeLessThanOrEqual(3);
      expect(held.join('').length + held.length).toBeLessThanOrEqual(40);
      // The sizes are kept exactly: with everything gone there is room for one that fills it.
      await cache.delete(['a', 'b', 'c', 'd', 'e']);
      await cache.set('f', 'x'.repeat(39), 10);
      expect(await cache.get('f')).toBeDefined();
    }),
  );
});
