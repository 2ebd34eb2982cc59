import { type Client, errors } from '@elastic/elasticsearch';
import type { AppError } from '@logmaster/core/errors';
import { z } from 'zod';
import { explainFailure, isStatus, unwell } from './failures.ts';

/** Oldest major version that understands what we ask. */
const OLDEST_MAJOR = 8;
const CHECK_TIMEOUT_MS = 10_000;

const nodesSchema = z.object({ nodes: z.record(z.string(), z.object({ version: z.string() })) });
const rootSchema = z.object({ version: z.object({ number: z.string(), distribution: z.string().optional() }) });

const NEEDED = `${OLDEST_MAJOR}.x`;
const tooOld = (version: string, cause?: unknown) =>
  unwell('CONFIG_INVALID', 'ELASTICSEARCH_TOO_OLD', { params: { version, needed: NEEDED }, cause });

const isTooOld = (version: string) => Number(version.split('.')[0]) < OLDEST_MAJOR;

/**
 * Throws CONFIG_INVALID when the server is too old or no Elasticsearch at all, SEARCH_UNAVAILABLE when nobody answers.
 * Versions are read from the nodes and not from `GET /`: every node counts, and not every distribution has that.
 */
export async function checkServer(client: Client): Promise<void> {
  try {
    const answer = await client.nodes.info({ filter_path: 'nodes.*.version' }, { requestTimeout: CHECK_TIMEOUT_MS });
    const versions = Object.values(nodesSchema.parse(answer).nodes).map(({ version }) => version);
    const old = versions.find(isTooOld);
    if (old !== undefined) throw tooOld(old);
  } catch (cause) {
    // 406: servers before 7.11 do not know the media type in which we ask
    if (cause instanceof errors.ProductNotSupportedError || isStatus(cause, 406)) throw await unsuitable(client, cause);
    throw explainFailure(cause);
  }
}

/** What a server is that does not say it is Elasticsearch: releases before 7.14 do not, and neither does OpenSearch. */
async function unsuitable(client: Client, cause: unknown): Promise<AppError> {
  const root = rootSchema.safeParse(await askPlainly(client, '/'));
  if (root.success) {
    const { number, distribution } = root.data.version;
    if (distribution === undefined && isTooOld(number)) return tooOld(number, cause);
  }
  return unwell('CONFIG_INVALID', 'ELASTICSEARCH_OTHER_SERVER', { params: { needed: NEEDED }, cause });
}

/** A request without the client's own check of the product. Undefined when there is no JSON in the answer. */
async function askPlainly(client: Client, path: string): Promise<unknown> {
  const [connection] = client.connectionPool.connections;
  if (connection === undefined) return undefined;
  const { body } = await connection.request(
    { method: 'GET', path, headers: { accept: 'application/json' } },
    { requestId: 'product check', name: 'logmaster', context: null, timeout: CHECK_TIMEOUT_MS },
  );
  try {
    return JSON.parse(body.toString());
  } catch {
    // a page of some other server
    return undefined;
  }
}
