import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createHttpTsa } from './http-tsa.ts';
import { type HttpAnswer, serve } from './testing/http-answers.ts';
import { sh } from './testing/openssl.ts';
import { makeOpensslTsa, type OpensslTsa, type OpensslTsaOptions, withOtherNonce } from './testing/openssl-tsa.ts';
import { parseRequest } from './tsp/request.ts';
import { readToken } from './tsp/token.ts';

let good: OpensslTsa;
const cleanups: (() => Promise<void>)[] = [];
const DATA = Buffer.from('seal');
const DIGEST = createHash('sha256').update(DATA).digest();

beforeAll(async () => {
  good = await makeOpensslTsa();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(() => good.remove());

async function served(answer: Parameters<typeof serve>[0]): Promise<string> {
  const server = await serve(answer);
  cleanups.push(server.close);
  return server.url;
}

async function otherTsa(options: OpensslTsaOptions): Promise<{ tsa: OpensslTsa; url: string }> {
  const tsa = await makeOpensslTsa(options);
  cleanups.push(tsa.remove);
  return { tsa, url: await served(async (query) => ({ body: await tsa.reply(query) })) };
}

test.each<[string, OpensslTsaOptions]>([
  ['RSA, root above', {}],
  ['an intermediate CA', { intermediate: true }],
  ['ECDSA P-256', { keyArguments: '-newkey ec -pkeyopt ec_paramgen_curve:P-256' }],
  ['SHA-512 digests', { config: (config) => config.replace('signer_digest = sha256', 'signer_digest = sha512') }],
])('a token of a real authority is accepted and openssl verifies its stored form: %s', async (_, options) => {
  const { tsa, url } = await otherTsa(options);
  const response = await createHttpTsa({ url, anchors: [tsa.ca] }).stamp(DIGEST);
  await writeFile(path.join(tsa.folder, 'data'), DATA);
  await writeFile(path.join(tsa.folder, 'data.tsr'), response);
  expect(await sh(tsa.folder, 'openssl ts -verify -data data -in data.tsr -CAfile ca.pem')).toContain(
    'Verification: OK',
  );
  expect(readToken(response).canonical.equals(response)).toBe(true);
});

test('the request carries digest, a fresh nonce, certReq, policy and headers; the client asks to be called legal', async () => {
  const seen: {
    nonce: bigint | undefined;
    certReq: boolean;
    policy: string | undefined;
    header: unknown;
    type: unknown;
  }[] = [];
  const url = await served(async (query, headers) => {
    const { nonce, certReq, policy } = parseRequest(query);
    seen.push({ nonce, certReq, policy, header: headers.identity, type: headers['content-type'] });
    return { body: await good.reply(query) };
  });
  const tsa = createHttpTsa({ url, anchors: [good.ca], policy: '1.2.3.4.2', headers: { identity: 'abc' } });
  expect(tsa).toMatchObject({ name: '127.0.0.1', legal: true });
  await tsa.stamp(DIGEST);
  await tsa.stamp(DIGEST);
  expect(seen[0]).toMatchObject({
    certReq: true,
    policy: '1.2.3.4.2',
    header: 'abc',
    type: 'application/timestamp-query',
  });
  expect(seen[0]?.nonce).not.toBe(seen[1]?.nonce);
  expect(seen[0]?.nonce?.toString(16).length).toBeGreaterThan(20);
});

test('a wrong root is refused', async () => {
  const { url } = await otherTsa({});
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_REFUSED',
    detail: expect.stringContaining('no pinned anchor'),
  });
});

test.each<[string, OpensslTsaOptions, string]>([
  [
    'SHA-1 digest',
    { config: (c) => c.replace('signer_digest = sha256', 'signer_digest = sha1') },
    'digest algorithm 1.3.14.3.2.26 is not accepted',
  ],
  [
    'SHA-1 certificate id',
    { config: (c) => c.replace('ess_cert_id_alg = sha256', 'ess_cert_id_alg = sha1') },
    'no signingCertificateV2',
  ],
])('%s is refused', async (_, options, detail) => {
  const { tsa, url } = await otherTsa(options);
  await expect(createHttpTsa({ url, anchors: [tsa.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_REFUSED',
    detail: expect.stringContaining(detail),
  });
});

test('an expired authority is refused', async () => {
  const url = await served(async (query) => ({ body: await good.reply(query, 'expired') }));
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_REFUSED',
    detail: expect.stringContaining('not valid at genTime'),
  });
});

/** Answers with a token over another request than the one that was sent. */
function swapped(change: (query: Buffer) => Promise<Buffer> | Buffer) {
  return served(async (query) => ({ body: await good.reply(await change(query)) }));
}

test('another nonce and a replayed token are refused', async () => {
  const url = await swapped(withOtherNonce);
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_REFUSED',
    detail: 'its nonce is another',
  });
});

test('another imprint is refused', async () => {
  const url = await swapped((query) => {
    const copy = Buffer.from(query);
    randomBytes(32).copy(copy, copy.indexOf(DIGEST));
    return copy;
  });
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_REFUSED',
    detail: 'it stamps another hash',
  });
});

test('another policy than the asked one is refused', async () => {
  const url = await served(async () => ({
    body: await good.reply(
      Buffer.from(
        await sh(
          good.folder,
          `openssl ts -query -digest ${DIGEST.toString('hex')} -sha256 -cert -no_nonce | base64 -w0`,
        ),
        'base64',
      ),
    ),
  }));
  const refused = createHttpTsa({ url, anchors: [good.ca], policy: '1.2.3.4.2' }).stamp(DIGEST);
  await expect(refused).rejects.toMatchObject({ code: 'TSA_REFUSED' });
});

test('a rejection is refused with its status', async () => {
  const url = await swapped(() => Buffer.from('3003020101', 'hex'));
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_REFUSED',
    detail: expect.stringContaining('status 2 (rejected)'),
  });
});

test.each<[string, HttpAnswer, string]>([
  ['nothing', { body: '' }, 'TSA_REFUSED'],
  ['garbage', { body: randomBytes(2000) }, 'TSA_REFUSED'],
  ['an HTML page with status 200', { body: '<html>Service down</html>', type: 'text/html' }, 'TSA_REFUSED'],
  ['an endless answer', { body: Buffer.alloc(300_000, 0x30) }, 'TSA_REFUSED'],
  ['status 500', { status: 500, body: 'oops' }, 'TSA_UNAVAILABLE'],
  ['status 403', { status: 403, body: 'no credit' }, 'TSA_UNAVAILABLE'],
])('%s as an answer: %s', async (_, answer, code) => {
  const url = await served(async () => answer);
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({ code });
});

test('a token with bytes behind it is refused', async () => {
  const url = await served(async (query) => ({ body: Buffer.concat([await good.reply(query), Buffer.of(0)]) }));
  await expect(createHttpTsa({ url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({ code: 'TSA_REFUSED' });
});

test('a hanging server is given up', async () => {
  const url = await served(() => new Promise(() => undefined));
  await expect(createHttpTsa({ url, anchors: [good.ca], timeoutMs: 200 }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_UNAVAILABLE',
    detail: 'it did not answer in time',
  });
});

test('a closed port is unavailable, and never answered by anybody else', async () => {
  const server = await serve(async () => ({ body: '' }));
  await server.close();
  await expect(createHttpTsa({ url: server.url, anchors: [good.ca] }).stamp(DIGEST)).rejects.toMatchObject({
    code: 'TSA_UNAVAILABLE',
  });
});

test.each([
  ['no anchor', { url: 'http://127.0.0.1:1/', anchors: [] }],
  [
    'an anchor that is no certificate',
    { url: 'http://127.0.0.1:1/', anchors: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'] },
  ],
  ['a file: address', { url: 'file:///etc/passwd', anchors: ['x'] }],
])('%s is a wrong configuration', (_, options) => {
  expect(() => createHttpTsa(options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});
