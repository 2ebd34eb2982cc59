import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createElasticsearch } from '@logmaster/testkit/services/elasticsearch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BASE, makeBatch, makeEvent } from '../conformance/events.ts';
import { runConformance } from '../conformance/suite.ts';
import { bordersHold } from './testing/borders.ts';
import { answersAreThoseOfDuckDb } from './testing/same-answers.ts';
import { makeTestStore, type TestServer } from './testing/test-stores.ts';

const logger = createLogger('test', 'fatal');
/** So that few records need many requests, and shards can't name all their values. */
const SMALL = { hits: 7, checked: 20, groups: 40, shardValues: 8 };
let keeper: Keeper;
let server: TestServer;

beforeAll(async () => {
  keeper = await openKeeper('search-elasticsearch');
  const elasticsearch = await createElasticsearch(keeper, { settings: { 'http.max_content_length': '2mb' } });
  await elasticsearch.start();
  server = elasticsearch;
}, 240_000);
afterAll(() => keeper?.close());

const allowWildcards = (allowed: boolean) =>
  server.ask('PUT', '/_cluster/settings', { persistent: { 'search.allow_expensive_queries': allowed } });

describe('Elasticsearch', () => runConformance(() => makeTestStore(server, logger)));
describe('Elasticsearch and DuckDB', () =>
  answersAreThoseOfDuckDb(() => makeTestStore(server, logger, { limits: SMALL })));
describe('what is too long or too wild for the index', () => bordersHold(() => makeTestStore(server, logger)));

describe('a server that allows no wildcards', () => {
  beforeAll(() => allowWildcards(false));
  afterAll(() => allowWildcards(true));
  answersAreThoseOfDuckDb(() => makeTestStore(server, logger));
  bordersHold(() => makeTestStore(server, logger));
});

test('a body that is larger than the server takes is sent in parts', async () => {
  const store = await makeTestStore(server, logger);
  // about 4 MB in one body
  const events = Array.from({ length: 60 }, (_, index) => makeEvent(index, { message: `n${index} `.repeat(9000) }));
  await store.writer.write(makeBatch(events, 0));
  expect(await store.reader.count({ text: 'n59', scope: FULL_SCOPE })).toBe(1);
  expect(await store.reader.count({ text: '', scope: FULL_SCOPE })).toBe(60);
  await store.close();
});

test('a value that is frequent nowhere and in all is found, whatever the shards name first', async () => {
  const store = await makeTestStore(server, logger, { limits: { shardValues: 8 } });
  // each of four days: one name ten times, one three times on every day, ten names once
  const names = Array.from({ length: 4 }, (_, day) => [
    ...Array.from({ length: 10 }, () => `day-${day}`),
    ...Array.from({ length: 3 }, () => 'always'),
    ...Array.from({ length: 10 }, (_, index) => `rare-${day}-${index}`),
  ]);
  const events = names.flatMap((all, day) =>
    all.map((name) => ({ 'user.name': name, 'logmaster.received_at': BASE + day * 86_400_000_000 })),
  );
  await store.writer.write(
    makeBatch(
      events.map((event, index) => makeEvent(index, event)),
      0,
    ),
  );
  const top = (size: number) => store.reader.topValues({ text: '', scope: FULL_SCOPE }, 'user.name', size);
  const values = ['always', 'day-0', 'day-1', 'day-2', 'day-3'].map((value) => ({ value, count: 10 }));
  values[0] = { value: 'always', count: 12 };
  expect(await top(1)).toEqual({ values: values.slice(0, 1), other: 80, missing: 0 });
  expect(await top(3)).toEqual({ values: values.slice(0, 3), other: 60, missing: 0 });
  expect((await top(7)).values).toEqual([...values, { value: 'rare-0-0', count: 1 }, { value: 'rare-0-1', count: 1 }]);
  await store.close();
});
