import { randomBytes } from 'node:crypto';
import { AppError } from '@logmaster/core/errors';
import type { TimestampAuthority } from './contracts.ts';
import { acceptResponse } from './tsp/accept.ts';
import { encodeRequest } from './tsp/request.ts';
import { certificatesFromBundle } from './x509/pem.ts';

export interface HttpTsaOptions {
  /** http: or https: address that takes application/timestamp-query. */
  readonly url: string;
  /** PEM texts of the trust anchors that the TSA's certificate must lead to. At least one. */
  readonly anchors: readonly string[];
  /** Shown beside its stamps. Default: the host name. */
  readonly name?: string | undefined;
  /** Default true. */
  readonly legal?: boolean | undefined;
  /** Policy OID to ask for and insist on. Default: whatever the TSA uses. */
  readonly policy?: string | undefined;
  /** For the whole exchange, ms. Default 15 000. */
  readonly timeoutMs?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Tokens with a whole chain take some 10 kB; more than this is not read. */
const MAX_RESPONSE_BYTES = 256 * 1024;
const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * An RFC 3161 authority behind HTTP (RFC 3161 § 3.4). `stamp` throws TSA_UNAVAILABLE when no answer can be had (try
 * again later) and TSA_REFUSED when the answer is not a usable token; nothing that fails a check is ever returned.
 * Throws CONFIG_INVALID at once without a usable address or anchor.
 */
export function createHttpTsa(options: HttpTsaOptions): TimestampAuthority {
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol)) {
    throw new AppError('CONFIG_INVALID', { detail: 'the address of the time-stamp authority is no http(s) URL' });
  }
  const anchors = parseAnchors(options.anchors);
  return {
    name: options.name ?? new URL(options.url).hostname,
    legal: options.legal ?? true,
    stamp: async (digest) => {
      const nonce = BigInt(`0x${randomBytes(16).toString('hex')}`);
      const response = await exchange(options, encodeRequest(digest, nonce, options.policy));
      return acceptResponse(response, { digest, nonce, policy: options.policy, anchors });
    },
  };
}

function parseAnchors(pems: readonly string[]) {
  try {
    const anchors = pems.flatMap(certificatesFromBundle);
    if (anchors.length === 0) throw new Error('no certificate given');
    return anchors;
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', { detail: 'no usable trust anchor for the time-stamp authority', cause });
  }
}

async function exchange(options: HttpTsaOptions, request: Buffer): Promise<Buffer> {
  try {
    const response = await fetch(options.url, {
      method: 'POST',
      headers: { ...options.headers, 'content-type': 'application/timestamp-query' },
      body: Uint8Array.from(request),
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    });
    // Some authorities send their errors with status 200 and some with another: the status says only whether to read.
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError('TSA_UNAVAILABLE', { detail: `it answered with HTTP status ${response.status}` });
    }
    return await readBounded(response);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const timedOut = thrown instanceof Error && thrown.name === 'TimeoutError';
    const detail = timedOut ? 'it did not answer in time' : 'the connection to it failed';
    throw new AppError('TSA_UNAVAILABLE', { detail, cause: thrown });
  }
}

async function readBounded(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_RESPONSE_BYTES) {
      throw new AppError('TSA_REFUSED', { detail: `its answer is longer than ${MAX_RESPONSE_BYTES} bytes` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
