import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { AppError } from '@logmaster/core/errors';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { createElasticsearch } from '@logmaster/testkit/services/elasticsearch';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeBatch, makeEvent } from '../conformance/events.ts';
import type { ElasticsearchOptions } from './options.ts';
import { openElasticsearchReader } from './reader.ts';
import { makeTestStore, newPrefix } from './testing/test-stores.ts';

const logger = createLogger('test', 'silent');
let keeper: Keeper;
beforeAll(async () => {
  keeper = await openKeeper('search-server-check');
});
afterAll(() => keeper?.close());

/** A server of another product, as far as it is asked: path → answer. Anything else is 404. */
async function foreignServer(
  answers: Readonly<Record<string, [status: number, body: string]>>,
  hear: (authorization: string | undefined) => void = () => undefined,
): Promise<string> {
  const server = createServer((request, response) => {
    hear(request.headers.authorization);
    const [status, body] = answers[new URL(request.url ?? '/', 'http://x').pathname] ?? [404, 'nothing'];
    const isJson = body.startsWith('{');
    response.writeHead(status, { 'content-type': isJson ? 'application/json' : 'text/html' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startFault(options: Partial<ElasticsearchOptions>): Promise<{ code: string; detail: string }> {
  const reader = openElasticsearchReader({ urls: [], prefix: newPrefix(), logger, ...options });
  const fault: unknown = await reader.start().then(
    () => reader.stop(),
    (thrown: unknown) => thrown,
  );
  if (!(fault instanceof AppError)) throw new Error('it started', { cause: fault });
  return { code: fault.code, detail: fault.detail ?? '' };
}

const root = (version: object) => JSON.stringify({ name: 'n', version, tagline: 'You Know, for Search' });
const nodes = (version: string) => JSON.stringify({ nodes: { abc: { version } } });

describe('a server that will never do is told by name at the start', () => {
  test('Elasticsearch 7.10, which does not say what it is', async () => {
    const url = await foreignServer({
      '/': [200, root({ number: '7.10.2', build_flavor: 'default' })],
      '/_nodes': [200, nodes('7.10.2')],
    });
    expect(await startFault({ urls: [url] })).toEqual({
      code: 'CONFIG_INVALID',
      detail: 'Elasticsearch 7.10.2 is too old; 8.x is needed',
    });
  });

  test('Elasticsearch 7.9, which does not know the media type', async () => {
    const url = await foreignServer({
      '/': [200, root({ number: '7.9.3' })],
      '/_nodes': [406, '{"error":"Content-Type header [application/vnd.elasticsearch+json] is not supported"}'],
    });
    expect((await startFault({ urls: [url] })).detail).toBe('Elasticsearch 7.9.3 is too old; 8.x is needed');
  });

  test('OpenSearch', async () => {
    const url = await foreignServer({
      '/': [200, root({ number: '2.19.1', distribution: 'opensearch' })],
      '/_nodes': [200, nodes('2.19.1')],
    });
    expect(await startFault({ urls: [url] })).toEqual({
      code: 'CONFIG_INVALID',
      detail: 'The server at the address of Elasticsearch does not answer as one; Elasticsearch 8.x is needed',
    });
  });

  test('some web page', async () => {
    const url = await foreignServer({ '/': [200, '<html>hello'], '/_nodes': [200, '<html>hello'] });
    expect((await startFault({ urls: [url] })).detail).toMatch(/does not answer as one/);
  });

  test.each([
    [{ urls: [] }, /at least one node/],
    [{ urls: ['localhost:9200'] }, /“localhost:9200” is no URL/],
    [{ urls: ['http://127.0.0.1:1'], prefix: 'Log-Master' }, /an index prefix has/],
    [{ urls: ['https://127.0.0.1:1'], caFile: '/no/such/file' }, /\/no\/such\/file, can't be read/],
  ])('options %j', async (options, message) => {
    const attempt = async () => startFault(options);
    const fault = await attempt().catch((thrown: unknown) => thrown);
    const detail = fault instanceof AppError ? fault.detail : (fault as { detail: string }).detail;
    expect(detail).toMatch(message);
  });
});

test('a server that is away is waited for', async () => {
  const [port] = await freePorts(1);
  const reader = openElasticsearchReader({ urls: [`http://127.0.0.1:${port}`], logger });
  await reader.start();
  onTestFinished(() => reader.stop());
  const search = reader.count({ text: '', scope: FULL_SCOPE });
  await expect(search).rejects.toMatchObject({
    code: 'SEARCH_UNAVAILABLE',
    detail: 'No node of Elasticsearch answers',
  });
  expect(await reader.health()).toMatchObject({ state: 'down', code: 'ELASTICSEARCH_AWAY' });
});

test('an API key is sent as one', async () => {
  const seen: (string | undefined)[] = [];
  const url = await foreignServer({}, (authorization) => seen.push(authorization));
  await startFault({ urls: [url], auth: { apiKey: 'c2VjcmV0' } }).catch(() => undefined);
  expect(seen[0]).toBe('ApiKey c2VjcmV0');
});

describe('a server with TLS and a password', () => {
  const USER = { username: 'logmaster', password: 'parola-1' };
  /** docs/formats/index.md § Elasticsearch */
  const ROLES = {
    writer: {
      cluster: ['monitor', 'manage_index_templates'],
      indices: [{ names: ['logmaster-*'], privileges: ['manage', 'read', 'write'] }],
    },
    reader: {
      cluster: ['monitor'],
      indices: [{ names: ['logmaster-*'], privileges: ['read', 'view_index_metadata', 'monitor'] }],
    },
    nobody: { cluster: [], indices: [] },
  };
  let secured: Awaited<ReturnType<typeof createElasticsearch>>;
  let caFile: string;
  beforeAll(async () => {
    const authority = await makeCertificateAuthority(keeper);
    caFile = authority.file;
    secured = await createElasticsearch(keeper, { name: 'secured', security: { authority, ...USER, roles: ROLES } });
    await secured.start();
  }, 240_000);

  const reasonWith = async (more: Partial<ElasticsearchOptions>) => {
    const reader = openElasticsearchReader({ urls: secured.urls, prefix: newPrefix(), logger, ...more });
    await reader.start();
    const { reason } = await reader.health();
    await reader.stop();
    return reason;
  };

  test('takes and finds records; an unreachable node beside it is passed over', async () => {
    const [port] = await freePorts(1);
    const urls = [`https://127.0.0.1:${port}`, ...secured.urls];
    const store = await makeTestStore(secured, logger, { urls, caFile, auth: USER });
    await store.writer.write(makeBatch([makeEvent(0), makeEvent(1)], 0));
    expect(await store.reader.count({ text: '', scope: FULL_SCOPE })).toBe(2);
    expect(await store.reader.health()).toMatchObject({ state: 'ok' });
    await store.close();
  });

  test('refuses a wrong password, an unknown authority, and plain HTTP, each in words', async () => {
    const password = { ...USER, password: 'wrong' };
    expect(await reasonWith({ caFile, auth: password })).toMatch(/refuses the user name, password or API key/);
    const other = path.join(keeper.folder, 'other.pem');
    await writeFile(other, (await makeCertificateAuthority(keeper, 'other-ca')).pem);
    expect(await reasonWith({ caFile: other, auth: USER })).toMatch(/No encrypted connection/);
    const plain = secured.urls.map((url) => url.replace('https:', 'http:'));
    expect(await reasonWith({ urls: plain, auth: USER })).toMatch(/No node of Elasticsearch answers/);
  });

  test('with the rights of the manual, one account writes and another only reads', async () => {
    const as = (username: string) => ({ prefix: 'logmaster', caFile, auth: { ...USER, username } });
    const store = await makeTestStore(secured, logger, as('writer'));
    await store.writer.write(makeBatch([makeEvent(0)], 0));
    expect(await store.writer.health()).toMatchObject({ state: 'ok' });
    const reader = openElasticsearchReader({ urls: secured.urls, logger, ...as('reader') });
    await reader.start();
    expect(await reader.count({ text: '', scope: FULL_SCOPE })).toBe(1);
    expect(await reader.health()).toMatchObject({ state: 'ok' });
    await reader.stop();
    await store.close();
    expect(await reasonWith(as('nobody'))).toMatch(/lacks a right that is needed/);
  });
});
