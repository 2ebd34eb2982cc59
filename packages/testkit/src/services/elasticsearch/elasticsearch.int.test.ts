import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHttpsClient } from '../../https-client.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { makeCertificateAuthority } from '../certificates/certificates.ts';
import { createElasticsearch } from './elasticsearch.ts';

let keeper: Keeper;
beforeAll(async () => {
  keeper = await openKeeper('test-elasticsearch');
});
afterAll(() => keeper.close());

/** Longer than the default: a Java server on two busy cores. */
const PATIENCE = { timeout: 100_000, interval: 100 };

test('one node takes a document, hangs, is killed, and has it when it is back', { timeout: 400_000 }, async () => {
  const search = await createElasticsearch(keeper);
  await search.start();
  const [node] = search.nodes;
  if (!node) throw new Error('one node');
  await search.ask('PUT', '/things', { settings: { number_of_replicas: 0 } });
  await search.ask('PUT', '/things/_doc/1?refresh=true', { what: 'here' });
  await node.hang();
  const answer = search.ask('GET', '/things/_count');
  await node.resume();
  expect(await answer).toMatchObject({ count: 1 });

  await node.kill();
  await expect(node.ready()).rejects.toThrow(/does not run/);
  await node.start();
  await vi.waitFor(async () => expect(await search.ask('GET', '/things/_count')).toMatchObject({ count: 1 }), PATIENCE);
  await expect(search.ask('GET', '/no-such/_count')).rejects.toThrow(/404/);
  await search.stop();
});

test('with security it wants TLS and a password', { timeout: 200_000 }, async () => {
  const authority = await makeCertificateAuthority(keeper);
  const security = { authority, username: 'logmaster', password: 'parola-1' };
  const search = await createElasticsearch(keeper, { name: 'secured', security });
  await search.start();
  expect(await search.ask('GET', '/_security/_authenticate')).toMatchObject({ username: 'logmaster' });
  const [url = ''] = search.urls;
  const stranger = createHttpsClient(url, authority.pem);
  expect(await stranger.ask('/_cluster/health')).toMatchObject({ status: 401 });
  stranger.close();
  await search.stop();
});

test('a broken configuration is told with the last words', { timeout: 200_000 }, async () => {
  const search = await createElasticsearch(keeper, { name: 'broken', settings: { 'no.such.setting': 1 } });
  const error = await search.start().catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/broken: it ended with code \d+ while it started\n {2}Its last log lines:/);
  expect(String(error)).toContain('no.such.setting');
});
