import { createHash } from 'node:crypto';
import { readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileSigner } from './file-signer.ts';
import { openLocalTsa } from './local-tsa.ts';
import { sh } from './testing/openssl.ts';
import { type Keys, makeKeys } from './testing/sealed-archive.ts';
import { acceptResponse } from './tsp/accept.ts';
import { readToken, tokenFault } from './tsp/token.ts';
import { certificatesFromBundle } from './x509/pem.ts';

let keys: Keys;
let paths: { keys: string; signer: string; tsaCa: string };
const DATA = Buffer.from('seal');
const DIGEST = createHash('sha256').update(DATA).digest();

beforeAll(async () => {
  keys = await makeKeys();
  paths = {
    keys: path.join(keys.root, 'keys'),
    signer: path.join(keys.root, 'certificates', 'signer.pem'),
    tsaCa: keys.tsaCaFile,
  };
  await writeFile(path.join(keys.root, 'data'), DATA);
});
afterAll(() => rm(keys.root, { recursive: true }));

test('keys are readable by their owner only, and opening again gives the same', async () => {
  for (const name of ['signer.key', 'tsa.key']) {
    expect((await stat(path.join(paths.keys, name))).mode & 0o777).toBe(0o600);
  }
  expect((await openFileSigner(paths)).fingerprint).toBe(keys.signer.fingerprint);
  const fingerprint = await sh(keys.root, 'openssl x509 -in certificates/signer.pem -fingerprint -sha256 -noout');
  expect(fingerprint.replaceAll(':', '').toLowerCase()).toContain(keys.signer.fingerprint);
});

test('openssl verifies the signature and finds an RSA-3072 key', async () => {
  await writeFile(path.join(keys.root, 'sig'), await keys.signer.sign(DATA));
  await sh(keys.root, 'openssl x509 -in certificates/signer.pem -pubkey -noout > pub.pem');
  expect(await sh(keys.root, 'openssl dgst -sha256 -verify pub.pem -signature sig data')).toContain('Verified OK');
  expect(await sh(keys.root, 'openssl rsa -pubin -in pub.pem -text -noout')).toContain('3072 bit');
});

test('openssl verifies a stamp of the local TSA, which says that it is not a legal one', async () => {
  expect(keys.tsa).toMatchObject({ legal: false, name: expect.stringContaining('not a legal time-stamp') });
  await writeFile(path.join(keys.root, 'data.tsr'), await keys.tsa.stamp(DIGEST));
  const verified = await sh(keys.root, 'openssl ts -verify -data data -in data.tsr -CAfile certificates/tsa-ca.pem');
  expect(verified).toContain('Verification: OK');
  expect(await sh(keys.root, 'openssl ts -reply -in data.tsr -text')).toContain('not a legal time-stamp');
});

test.each(['-sha256 -cert', '-sha512 -cert', '-sha384 -cert -no_nonce'])(
  'it answers openssl as a client: %s',
  async (options) => {
    await sh(keys.root, `openssl ts -query -data data ${options} -out query.tsq`);
    await writeFile(
      path.join(keys.root, 'query.tsr'),
      keys.tsa.respond(await readFile(path.join(keys.root, 'query.tsq'))),
    );
    const verified = await sh(
      keys.root,
      'openssl ts -verify -queryfile query.tsq -in query.tsr -CAfile certificates/tsa-ca.pem',
    );
    expect(verified).toContain('Verification: OK');
  },
);

test('without certReq the certificate is left out', async () => {
  await sh(keys.root, 'openssl ts -query -data data -sha256 -out query.tsq');
  const response = keys.tsa.respond(await readFile(path.join(keys.root, 'query.tsq')));
  await writeFile(path.join(keys.root, 'query.tsr'), response);
  await sh(keys.root, `awk '/BEGIN CERT/{n++} n==1' keys/tsa.key > tsa.pem`);
  const command =
    'openssl ts -verify -queryfile query.tsq -in query.tsr -CAfile certificates/tsa-ca.pem -untrusted tsa.pem';
  expect(await sh(keys.root, command)).toContain('Verification: OK');
  expect(() => acceptResponse(response, { digest: DIGEST })).toThrow(/certificate of its signer is not in it/);
});

test.each(['-sha1 -cert', '-sha256 -cert -tspolicy 1.2.3.4'])('it rejects %s', async (options) => {
  await sh(keys.root, `openssl ts -query -data data ${options} -out query.tsq`);
  const response = keys.tsa.respond(await readFile(path.join(keys.root, 'query.tsq')));
  expect(() => readToken(response)).toThrow(/status 2 \(rejected\)/);
});

test('it rejects what is no request', () => {
  expect(() => readToken(keys.tsa.respond(Buffer.from('GET / HTTP/1.1')))).toThrow(/status 2 \(rejected\)/);
});

test('any change of any byte of a stored token shows', async () => {
  const token = await keys.tsa.stamp(DIGEST);
  const anchors = certificatesFromBundle(await readFile(paths.tsaCa, 'utf8'));
  const holds = (bytes: Buffer) => {
    try {
      const read = readToken(bytes);
      return !tokenFault(read, { digest: DIGEST, anchors }) && read.canonical.equals(bytes);
    } catch (thrown) {
      expect(thrown).toMatchObject({ name: 'DerError' });
      return false;
    }
  };
  expect(holds(token)).toBe(true);
  const passed: string[] = [];
  for (let at = 0; at < token.length; at++) {
    for (const mask of [0x01, 0x02, 0x0a, 0x20, 0x80, 0xff]) {
      const copy = Buffer.from(token);
      copy[at] = (copy[at] as number) ^ mask;
      if (holds(copy)) passed.push(`${at} ^ ${mask}`);
    }
  }
  expect(passed).toEqual([]);
});

test('a certificate that belongs to another key stops the start, and so does a lost key', async () => {
  const other = await makeKeys();
  try {
    const signer = path.join(other.root, 'certificates', 'signer.pem');
    await expect(openFileSigner({ keys: paths.keys, signer })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await unlink(path.join(other.root, 'keys', 'tsa.key'));
    const lost = openLocalTsa({ keys: path.join(other.root, 'keys'), tsaCa: other.tsaCaFile });
    await expect(lost).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      detail: expect.stringContaining('restore the key'),
    });
    await writeFile(path.join(other.root, 'keys', 'signer.key'), 'torn');
    await expect(openFileSigner({ keys: path.join(other.root, 'keys'), signer })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  } finally {
    await rm(other.root, { recursive: true });
  }
});
