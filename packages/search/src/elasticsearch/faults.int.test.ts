import { rm } from 'node:fs/promises';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createElasticsearch, type ElasticsearchService } from '@logmaster/testkit/services/elasticsearch';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { makeBatch, makeEvent, STREAM } from '../conformance/events.ts';
import { readAll } from '../conformance/test-store.ts';
import type { EventBatch, SearchStore } from '../store.ts';
import type { ElasticsearchStoreOptions } from './options.ts';
import { openElasticsearchReader } from './reader.ts';
import { openElasticsearchStore } from './store.ts';
import { storeOptions } from './testing/test-stores.ts';

const logger = createLogger('test', 'silent');
const ALL = { text: '', scope: FULL_SCOPE };
/** A Java server that starts again on two busy cores. */
const SLOW = { timeout: 300_000 };
const PATIENCE = { timeout: 100_000, interval: 100 };
/** Writes that wait while another one runs; with so few, some are sent away. */
const SETTINGS = { 'node.processors': 1, 'thread_pool.write.queue_size': 1, 'indexing_pressure.memory.limit': '1mb' };

let keeper: Keeper;
let server: ElasticsearchService;
beforeAll(async () => {
  keeper = await openKeeper('search-faults');
  server = await createElasticsearch(keeper, { settings: SETTINGS });
  await server.start();
}, 240_000);
afterAll(() => keeper?.close());

const numbered = (from: number, to: number, more: object = {}) =>
  Array.from({ length: to - from }, (_, index) => makeEvent(from + index, more));
const node = () => server.nodes[0] as ElasticsearchService['nodes'][number];

/** Options under a prefix of its own; any number of stores may be opened with them. */
async function newIndex(more: Partial<ElasticsearchStoreOptions> = {}) {
  const options = await storeOptions(server, logger, more);
  onTestFinished(() => rm(options.packing.folder, { recursive: true }));
  const { prefix } = options as { prefix: string };
  return { options, prefix, day: `${prefix}-default-2026.11.22`, positions: `${prefix}-positions` };
}

async function openStore(options: ElasticsearchStoreOptions) {
  const store = openElasticsearchStore(options);
  await store.start();
  onTestFinished(() => store.stop());
  return store;
}

const settings = (index: string, body: object) => server.ask('PUT', `/${index}/_settings`, body);
const idsOf = async (store: SearchStore) =>
  (await readAll(store, ALL, 500)).map((event) => event['logmaster.record.id'] as string);
const expectIds = async (store: SearchStore, to: number) => {
  const wanted = numbered(0, to).map((event) => event['logmaster.record.id'] as string);
  expect((await idsOf(store)).sort()).toEqual(wanted.sort());
};

/** As the pipeline does: the same batch again until it is in. */
async function persist(store: SearchStore, batch: EventBatch): Promise<void> {
  await vi.waitFor(async () => {
    await store.write(batch).catch((thrown: { code?: string }) => {
      if (thrown.code !== 'SEARCH_UNAVAILABLE')
        throw new Error('a fault that the pipeline does not repeat', { cause: thrown });
      throw thrown;
    });
  }, PATIENCE);
}

test('a death between the documents and the position is made good by a replay, however it is cut', async () => {
  const { options, positions } = await newIndex();
  const first = await openStore(options);
  await settings(positions, { 'index.blocks.write': true });
  await expect(first.write(makeBatch(numbered(0, 10), 0))).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  // the documents are there, the position does not say so
  await expectIds(first, 10);
  expect(await first.position(STREAM)).toBeNull();
  await settings(positions, { 'index.blocks.write': null });

  const second = await openStore(options);
  await second.write(makeBatch(numbered(0, 4), 0));
  await second.write(makeBatch(numbered(4, 13), 4));
  await expectIds(second, 13);
  expect(await second.position(STREAM)).toEqual({ journal: 1, sequence: 13 });
});

test('two that write the same stream double nothing and leave the furthest position', async () => {
  const { options } = await newIndex();
  const [a, b] = [await openStore(options), await openStore(options)];
  const batches = [0, 10, 20, 30].map((from) => makeBatch(numbered(from, from + 10), from));
  for (const batch of batches) await Promise.all([persist(a, batch), persist(b, batch)]);
  await persist(b, batches[0] as EventBatch);
  await expectIds(a, 40);
  expect(await a.position(STREAM)).toEqual({ journal: 1, sequence: 40 });
});

test('a record that the server refuses is told as the pipeline expects it, and the others go in', async () => {
  const { options, day } = await newIndex();
  const store = await openStore(options);
  // an index of that day in which a field is something else than we say
  await server.ask('PUT', `/${day}`, { mappings: { properties: { 'rule.id': { type: 'ip' } } } });
  const events = numbered(0, 6).map((event, index) => (index === 3 ? { ...event, 'rule.id': 'no address' } : event));
  await expect(store.write(makeBatch(events, 0))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    detail: expect.stringMatching(/refuses record node1\.0\.1\.3: document_parsing_exception/),
  });
  expect(await store.position(STREAM)).toBeNull();
  // the pipeline halves until the record stands alone, then moves over it
  await store.write(makeBatch(events.slice(0, 3), 0));
  await expect(store.write(makeBatch(events.slice(3, 4), 3))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await store.write({ ...makeBatch([], 3), to: { journal: 1, sequence: 4 } });
  await store.write(makeBatch(events.slice(4), 4));
  expect((await idsOf(store)).length).toBe(5);
  expect(await store.position(STREAM)).toEqual({ journal: 1, sequence: 6 });
});

test('a server that is too busy is asked again, and nothing is lost or doubled', async () => {
  const { options } = await newIndex();
  const store = await openStore(options);
  const streams = Array.from({ length: 24 }, (_, worker) => `busy.${worker}`);
  const batchOf = (stream: string): EventBatch => ({
    stream,
    from: { journal: 1, sequence: 0 },
    to: { journal: 1, sequence: 20 },
    events: numbered(0, 20).map((event, index) => ({ ...event, 'logmaster.record.id': `${stream}.1.${index}` })),
  });
  await Promise.all(streams.map((stream) => persist(store, batchOf(stream))));
  const ids = await idsOf(store);
  expect(ids.length).toBe(480);
  expect(new Set(ids).size).toBe(480);
  const stats = JSON.stringify(await server.ask('GET', '/_nodes/stats/thread_pool,indexing_pressure'));
  const rejections = [...stats.matchAll(/"(?:rejected|coordinating_rejections|primary_rejections)":(\d+)/g)];
  expect(rejections.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThan(0);
});

test('a body that the server has no room for at all is told as overload', async () => {
  const { options } = await newIndex();
  const store = await openStore(options);
  const events = numbered(0, 40, { message: 'long '.repeat(10_000) });
  await expect(store.write(makeBatch(events, 0))).rejects.toMatchObject({
    code: 'SEARCH_UNAVAILABLE',
    detail: 'Elasticsearch is overloaded',
  });
  for (let at = 0; at < 40; at += 4) await persist(store, makeBatch(events.slice(at, at + 4), at));
  await expectIds(store, 40);
});

test('an index that can only be read is told, searched, and written again when it can be', async () => {
  const { options, day } = await newIndex();
  const store = await openStore(options);
  await persist(store, makeBatch(numbered(0, 3), 0));
  expect(await store.health()).toEqual({ name: 'search index', state: 'ok' });
  // what the server does by itself when the disk of a node is nearly full
  await settings(day, { 'index.blocks.read_only_allow_delete': true });
  await expect(store.write(makeBatch(numbered(3, 6), 3))).rejects.toMatchObject({
    code: 'SEARCH_UNAVAILABLE',
    detail: expect.stringMatching(/can only be read; is the disk/),
  });
  expect(await store.health()).toMatchObject({ state: 'degraded', code: 'INDEX_READ_ONLY' });
  expect(await store.count(ALL)).toBe(3);
  await settings(day, { 'index.blocks.read_only_allow_delete': null });
  await persist(store, makeBatch(numbered(3, 6), 3));
  await expectIds(store, 6);
});

test('health tells missing replicas from missing records', async () => {
  const { options, day } = await newIndex({ replicas: 1 });
  const store = await openStore(options);
  await persist(store, makeBatch(numbered(0, 3), 0));
  expect(await store.health()).toMatchObject({ state: 'degraded', code: 'INDEX_NO_COPY' });
  await server.ask('DELETE', `/${day}`);
  // no node has this name: the shard has no place
  const nowhere = { 'index.routing.allocation.require._name': 'nowhere' };
  await server.ask('PUT', `/${day}?wait_for_active_shards=0&timeout=1s`, { settings: nowhere });
  await vi.waitFor(
    async () => expect(await store.health()).toMatchObject({ state: 'down', code: 'INDEX_INCOMPLETE' }),
    PATIENCE,
  );
  await expect(store.count(ALL)).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  await server.ask('DELETE', `/${day}`);
});

test('an index that was made without our mapping is refused, not searched wrongly', async () => {
  const { options, prefix } = await newIndex();
  await server.ask('PUT', `/${prefix}-default-2026.11.20`, {});
  const store = await openStore(options);
  await expect(store.write(makeBatch(numbered(0, 1), 0))).rejects.toMatchObject({
    code: 'SEARCH_UNAVAILABLE',
    detail: expect.stringMatching(/made by another version of LogMaster; rebuild it/),
  });
  await server.ask('DELETE', `/${prefix}-default-2026.11.20`);
  await store.write(makeBatch(numbered(0, 1), 0));
  await expectIds(store, 1);
});

test('a hanging server: searches end by time or by their asker, and go on afterwards', async () => {
  const { options } = await newIndex();
  const store = await openStore(options);
  await persist(store, makeBatch(numbered(0, 3), 0));
  const reader = openElasticsearchReader({ ...options, timeLimitMs: 300 });
  await reader.start();
  onTestFinished(() => reader.stop());
  await vi.waitFor(async () => expect(await reader.count(ALL)).toBe(3), PATIENCE);
  await node().hang();
  try {
    await expect(reader.count(ALL)).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' });
    const controller = new AbortController();
    const search = store.search(ALL, { size: 1 }, { signal: controller.signal });
    controller.abort();
    await expect(search).rejects.toMatchObject({ code: 'SEARCH_CANCELLED' });
  } finally {
    await node().resume();
  }
  await vi.waitFor(async () => expect(await reader.count(ALL)).toBe(3), PATIENCE);
});

test('a server that is killed, wiped of its templates and comes back is used again', SLOW, async () => {
  const { options, prefix, positions } = await newIndex();
  const store = await openStore(options);
  await persist(store, makeBatch(numbered(0, 5), 0));
  await node().kill();
  await expect(store.count(ALL)).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  await expect(store.write(makeBatch(numbered(5, 9), 5))).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  await expect(store.position(STREAM)).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  expect(await store.health()).toMatchObject({ state: 'down', code: 'ELASTICSEARCH_AWAY' });
  // one that starts meanwhile waits for it
  const late = await openStore(options);
  await expect(late.position(STREAM)).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });

  await node().start();
  await server.ask('DELETE', `/_index_template/${prefix}-events`);
  await server.ask('DELETE', `/${positions}`);
  await persist(late, makeBatch(numbered(0, 9, { 'user.name': 'IŞIL' }), 0));
  await persist(
    store,
    makeBatch(numbered(9, 12, { 'logmaster.received_at': Date.UTC(2026, 10, 25) * 1000, 'user.name': 'IŞIL' }), 9),
  );
  await expectIds(store, 12);
  // the new day's index has our mapping, or this would not be found
  expect(await late.count({ ...ALL, text: 'user.name:ışıl' })).toBe(12);
});

test('a server that is killed while batches are on their way has each record once in the end', SLOW, async () => {
  const { options } = await newIndex();
  const store = await openStore(options);
  let written = 0;
  const writing = (async () => {
    for (let at = 0; at < 400; at += 20) {
      await persist(store, makeBatch(numbered(at, at + 20), at));
      written = at + 20;
    }
  })();
  await vi.waitFor(() => expect(written).toBeGreaterThanOrEqual(60), PATIENCE);
  await node().kill();
  await node().start();
  await writing;
  await expectIds(store, 400);
  expect(await store.position(STREAM)).toEqual({ journal: 1, sequence: 400 });
});
