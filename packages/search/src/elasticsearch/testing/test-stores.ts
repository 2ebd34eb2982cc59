import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Logger } from '@logmaster/telemetry/logger';
import type { TestStore } from '../../conformance/test-store.ts';
import type { ElasticsearchStoreOptions } from '../options.ts';
import { openElasticsearchReader } from '../reader.ts';
import { openElasticsearchStore } from '../store.ts';

/** What of a running server tests use beside our own client. */
export interface TestServer {
  readonly urls: readonly string[];
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** A prefix of its own for each test, so that they share a server and see nothing of each other. */
export const newPrefix = () => `t${randomUUID().replaceAll('-', '').slice(0, 12)}`;

export async function storeOptions(
  server: Pick<TestServer, 'urls'>,
  logger: Logger,
  more: Partial<ElasticsearchStoreOptions> = {},
): Promise<ElasticsearchStoreOptions> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'search-elasticsearch-'));
  const packing = { folder, memoryMb: 128, threads: 1 };
  return { urls: server.urls, prefix: newPrefix(), replicas: 0, packing, logger, ...more };
}

/** Everything under a prefix is removed: a server has room for a thousand shards. */
async function removeAll(server: TestServer, prefix: string): Promise<void> {
  const found = (await server.ask('GET', `/${prefix}-*/_settings?filter_path=*.settings.index.uuid`)) as object;
  // by name: the server does not delete by pattern
  for (const index of Object.keys(found)) await server.ask('DELETE', `/${index}`);
  await server.ask('DELETE', `/_index_template/${prefix}-events`);
}

/** An empty index that is written by one process and read by another. */
export async function makeTestStore(
  server: TestServer,
  logger: Logger,
  more: Partial<ElasticsearchStoreOptions> = {},
): Promise<TestStore> {
  const options = await storeOptions(server, logger, more);
  const writer = openElasticsearchStore(options);
  const reader = openElasticsearchReader(options);
  await writer.start();
  await reader.start();
  return {
    writer,
    reader,
    close: async () => {
      await reader.stop();
      await writer.stop();
      await removeAll(server, options.prefix as string);
      await rm(options.packing.folder, { recursive: true });
    },
  };
}
