import { createHash, createPrivateKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sh } from '../testing/openssl.ts';
import { makeOpensslTsa, type OpensslTsa } from '../testing/openssl-tsa.ts';
import { certificateFromPem } from '../x509/pem.ts';
import { encodeRequest } from './request.ts';
import { respond } from './respond.ts';
import { parseResponse } from './response.ts';
import { readToken, tokenFault } from './token.ts';

/** Tokens that openssl would never make: certificates unfit for stamping, signed all the same. */

let tsa: OpensslTsa;
const DIGEST = createHash('sha256').update('seal').digest();

beforeAll(async () => {
  tsa = await makeOpensslTsa();
});
afterAll(() => tsa.remove());

/** A token by the TSA's key under a new certificate for it. */
async function tokenWith(
  extensions: string,
  issue = '-CA ca.pem -CAkey ca.key -sha256',
  now = Date.now,
  days = 30,
): Promise<Buffer> {
  await writeFile(path.join(tsa.folder, 'odd.ext'), extensions);
  await sh(
    tsa.folder,
    `openssl x509 -req -in tsa.csr ${issue} -set_serial 77 -days ${days} -extfile odd.ext -out odd.pem`,
  );
  const certificate = certificateFromPem(await readFile(path.join(tsa.folder, 'odd.pem')));
  const privateKey = createPrivateKey(await readFile(path.join(tsa.folder, 'tsa.key')));
  return respond(encodeRequest(DIGEST, 1n), { privateKey, certificate, now });
}

const GOOD =
  'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping';
const anchors = () => [certificateFromPem(tsa.ca)];

test('the way these tokens are made is accepted with a fitting certificate', async () => {
  const token = readToken(await tokenWith(GOOD));
  expect(tokenFault(token, { digest: DIGEST, nonce: 1n, anchors: anchors() })).toBeUndefined();
  expect(tokenFault(token, { digest: DIGEST, nonce: 2n, anchors: anchors() })).toMatch(/nonce/);
});

test.each([
  ['no extended key usage', 'basicConstraints=critical,CA:false'],
  ['timeStamping that is not critical', 'extendedKeyUsage=timeStamping'],
  ['timeStamping beside another purpose', 'extendedKeyUsage=critical,timeStamping,codeSigning'],
  ['another purpose', 'extendedKeyUsage=critical,serverAuth'],
])('refused: %s', async (_, extensions) => {
  const token = await tokenWith(extensions);
  expect(() => readToken(token)).toThrow(/not for time-stamping alone/);
});

test('refused: a key that may not sign', async () => {
  const token = await tokenWith('keyUsage=critical,keyEncipherment\nextendedKeyUsage=critical,timeStamping');
  expect(() => readToken(token)).toThrow(/may not sign/);
});

test.each([
  ['signed with SHA-1', GOOD, '-CA ca.pem -CAkey ca.key -sha1', /weak algorithm/],
  ['self-signed', GOOD, '-signkey tsa.key -sha256', /no pinned anchor/],
  ['an unknown critical extension', `${GOOD}\n1.2.3.4=critical,ASN1:NULL`, undefined, /unknown critical extension/],
])('refused: a certificate that is %s', async (_, extensions, issue, reason) => {
  const token = readToken(await tokenWith(extensions, issue));
  expect(tokenFault(token, { digest: DIGEST, anchors: anchors() })).toMatch(reason);
});

test('refused: a genTime outside the certificate’s life', async () => {
  const token = readToken(await tokenWith(GOOD, undefined, () => Date.now() + 40 * 86_400_000));
  expect(tokenFault(token, { digest: DIGEST, anchors: anchors() })).toMatch(/not valid at genTime/);
});

test('refused: the certificate of another holder of the same name and serial', async () => {
  const token = await tokenWith(GOOD);
  const original = (parseResponse(token).certificates[0] as Buffer).toString('hex');
  // The same key, name, serial and length again, with another end: only the certificate id tells them apart.
  await tokenWith(GOOD, '-CA ca.pem -CAkey ca.key -sha256', Date.now, 31);
  const twin = certificateFromPem(await readFile(path.join(tsa.folder, 'odd.pem'))).der.toString('hex');
  expect(twin).not.toBe(original);
  expect(twin.length).toBe(original.length);
  const swapped = Buffer.from(token.toString('hex').replace(original, twin), 'hex');
  expect(() => readToken(swapped)).toThrow(/certificate id \(ESSCertIDv2\) is not of its signer/);
});
