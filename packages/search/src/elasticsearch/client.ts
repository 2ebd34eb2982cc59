import { readFileSync } from 'node:fs';
import { Client, type ClientOptions } from '@elastic/elasticsearch';
import { AppError } from '@logmaster/core/errors';
import type { ElasticsearchOptions } from './options.ts';

/** Longest a single request may take; searches have their own, shorter limit. */
const REQUEST_TIMEOUT_MS = 60_000;

function readAuthority(caFile: string): Buffer {
  try {
    return readFileSync(caFile);
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', {
      detail: `the certificate file for Elasticsearch, ${caFile}, can't be read`,
      cause,
    });
  }
}

/** A client for all nodes; connects with the first request. Throws CONFIG_INVALID for a CA file that can't be read. */
export function createClient({ urls, auth, caFile }: ElasticsearchOptions): Client {
  const options: ClientOptions = {
    nodes: urls.map((url) => ({ url: new URL(url) })),
    requestTimeout: REQUEST_TIMEOUT_MS,
    // each other node once, without the pauses that come after that; a single node once more: it may have closed an
    // idle connection
    maxRetries: Math.max(1, urls.length - 1),
    // what is asked and answered may hold masked values: it must not travel in error objects
    redaction: { type: 'remove' },
  };
  if (auth) options.auth = auth;
  if (caFile) options.tls = { ca: readAuthority(caFile) };
  return new Client(options);
}
