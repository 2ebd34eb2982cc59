import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyEvent, anyQuery } from '../../conformance/arbitraries.ts';
import { BASE, makeBatch, makeEvent } from '../../conformance/events.ts';
import { readAll, type TestStore } from '../../conformance/test-store.ts';
import { openDuckDbWriter } from '../../open.ts';
import type { SearchField, SearchStore } from '../../store.ts';

const EVENTS = 400;
/** Days apart, so that several indices answer each question. */
const DAY_MS = 86_400_000;
const FIELDS: readonly SearchField[] = [
  'user.name',
  'event.type',
  'source.ip',
  'source.port',
  'labels.i',
  "labels.b'",
  'message',
  'event.original',
  '@timestamp',
];
const MASKS: readonly SearchField[] = ['user.name', 'source.port', 'source.ip', 'labels.a', 'labels.i', 'message'];
const RANGE = { from: BASE - 1e9, to: BASE + 10 * DAY_MS * 1000 };

async function openDuckDb() {
  const indexDir = await mkdtemp(path.join(os.tmpdir(), 'same-answers-'));
  const store = openDuckDbWriter({ indexDir, memoryMb: 256, threads: 1, logger: createLogger('test', 'fatal') });
  await store.start();
  return {
    store,
    close: async () => {
      await store.stop();
      await rm(indexDir, { recursive: true });
    },
  };
}

/** Random events over four received days, several of them at the same moment. */
function randomEvents(): FlatEvent[] {
  const drafts = fc.sample(anyEvent, EVENTS);
  return drafts.map((draft, index) => {
    const received = BASE + (index % 4) * DAY_MS * 1000 + index * 1000;
    return makeEvent(index, {
      ...draft,
      '@timestamp': received - (index % 3) * 2000,
      'logmaster.received_at': received,
    });
  });
}

/** One set of random events in both engines, many random questions to both. */
export function answersAreThoseOfDuckDb(makeStore: () => Promise<TestStore>): void {
  const stores: { elastic?: TestStore; duck?: Awaited<ReturnType<typeof openDuckDb>> } = {};
  beforeAll(async () => {
    stores.elastic = await makeStore();
    stores.duck = await openDuckDb();
    const batch = makeBatch(randomEvents(), 0);
    await stores.elastic.writer.write(batch);
    await stores.duck.store.write(batch);
  });
  afterAll(async () => {
    await stores.elastic?.close();
    await stores.duck?.close();
  });
  /** Side by side: they are two processes. */
  const both = <T>(ask: (store: SearchStore) => Promise<T>): Promise<[T, T]> =>
    Promise.all([ask((stores.elastic as TestStore).reader), ask((stores.duck as { store: SearchStore }).store)]);

  test('any query finds, counts and draws the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, fc.constantFrom(...FIELDS), async (text, stackBy) => {
        const query = { text, scope: FULL_SCOPE, ...RANGE };
        const [found, expected] = await both((store) => readAll(store, query, 150));
        expect({ text, found }).toEqual({ text, found: expected });
        const [count, expectedCount] = await both((store) => store.count(query));
        expect({ text, count }).toEqual({ text, count: expectedCount });
        const [bars, expectedBars] = await both((store) => store.histogram(query, { buckets: 50, stackBy }));
        expect({ text, stackBy, bars }).toEqual({ text, stackBy, bars: expectedBars });
      }),
      { numRuns: 60 },
    );
  });

  test('the most frequent values of any field are the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, fc.integer({ min: 0, max: 12 }), async (text, size) => {
        for (const field of FIELDS) {
          const query = { text, scope: FULL_SCOPE };
          const [top, expected] = await both((store) => store.topValues(query, field, size));
          expect({ text, field, top }).toEqual({ text, field, top: expected });
        }
      }),
      { numRuns: 15 },
    );
  });

  test('with any fields hidden the same is found and shown', async () => {
    const hidden = fc.subarray([...MASKS], { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(anyQuery, hidden, async (text, maskedFields) => {
        const query = { text, scope: { ...FULL_SCOPE, maskedFields } };
        const [found, expected] = await both((store) =>
          readAll(store, query, 150).catch((thrown: unknown) => String(thrown)),
        );
        expect({ text, maskedFields, found }).toEqual({ text, maskedFields, found: expected });
        if (typeof expected === 'string') return;
        const [count, expectedCount] = await both((store) => store.count(query));
        expect({ text, maskedFields, count }).toEqual({ text, maskedFields, count: expectedCount });
      }),
      { numRuns: 60 },
    );
  });
}
