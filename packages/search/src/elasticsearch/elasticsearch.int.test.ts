import { createLogger } from '@logmaster/telemetry/logger';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createElasticsearch } from '@logmaster/testkit/services/elasticsearch';
import { afterAll, beforeAll, describe } from 'vitest';
import { runConformance } from '../conformance/suite.ts';
import { bordersHold } from './borders.ts';
import { answersAreThoseOfDuckDb } from './same-answers.ts';
import { makeTestStore, type TestServer } from './test-stores.ts';

const logger = createLogger('test', 'fatal');
/** So that few records need many requests, and shards can't name all their values. */
const SMALL = { hits: 7, checked: 20, groups: 40, shardValues: 8 };
let keeper: Keeper;
let server: TestServer;

beforeAll(async () => {
  keeper = await openKeeper('search-elasticsearch');
  const elasticsearch = await createElasticsearch(keeper);
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
