import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchQuery } from '../store.ts';
import { anyEvent, anyQuery } from './arbitraries.ts';
import { makeBatch, makeEvent } from './events.ts';
import { find } from './model.ts';
import { type MakeStore, scoped, type TestStore } from './test-store.ts';

export function againstModel(makeStore: MakeStore): void {
  describe('against a model', () => {
    const holder: { store?: TestStore } = {};
    beforeAll(async () => {
      holder.store = await makeStore();
    });
    afterAll(() => holder.store?.close());
    let run = 0;
    test('answers are the same for any events and any query', async () => {
      const { writer, reader } = holder.store as TestStore;
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyEvent, { maxLength: 12 }),
          fc.array(anyQuery, { minLength: 8, maxLength: 8 }),
          async (drafts, texts) => {
            // all runs share the store; each sees only its own device
            run++;
            const device = `run-${run}`;
            const events = drafts.map((draft, index) =>
              makeEvent(index, { ...draft, 'logmaster.device.id': device }, run),
            );
            const half = Math.floor(events.length / 2);
            await writer.write(makeBatch(events.slice(0, half), 0, run));
            await writer.write(makeBatch(events.slice(half), half, run));
            const scope = scoped({ devices: [device] });
            for (const text of texts) {
              const query: SearchQuery = { text, scope };
              const { events: found } = await reader.search(query, { size: 100 });
              expect({ text, found }).toEqual({ text, found: find(events, query) });
            }
          },
        ),
        { numRuns: 20 },
      );
    });
  });
}
