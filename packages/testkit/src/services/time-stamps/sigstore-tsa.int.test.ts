import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHttpTsa } from '@logmaster/signing/http-tsa';
import { stampFolder } from '@logmaster/signing/seal';
import { ChainWriter, makeKeys } from '@logmaster/signing/testing/sealed-archive';
import { verifySegment } from '@logmaster/signing/verify/verify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { runTool } from '../process/run-tool.ts';
import { createSigstoreTsa, type SigstoreTsaService } from './sigstore-tsa.ts';

let keeper: Keeper;
let tsa: SigstoreTsaService;
beforeAll(async () => {
  keeper = await openKeeper('test-sigstore-tsa');
  tsa = await createSigstoreTsa(keeper);
  await tsa.start();
});
afterAll(() => keeper.close());

const DATA = Buffer.from('seal');
const DIGEST = createHash('sha256').update(DATA).digest();

test('our client accepts its stamps, and so does openssl', async () => {
  const anchor = await tsa.anchor();
  const token = await createHttpTsa({ url: tsa.url, anchors: [anchor] }).stamp(DIGEST);
  const folder = await keeper.makeFolder('openssl');
  for (const [file, bytes] of Object.entries({ data: DATA, 'data.tsr': token, 'anchor.pem': anchor })) {
    await writeFile(path.join(folder, file), bytes);
  }
  const args = ['ts', '-verify', '-data', 'data', '-in', 'data.tsr', '-CAfile', 'anchor.pem'];
  const openssl = { service: 'openssl', component: 'openssl', command: 'openssl' };
  expect(await runTool({ ...openssl, args, cwd: folder })).toMatch(/Verification: OK/);
});

test('our verifier accepts a sealed segment that it stamped, and refuses it under another root', async () => {
  const keys = await makeKeys();
  const anchor = await tsa.anchor();
  const archive = await keeper.makeFolder('archive');
  const segment = await new ChainWriter(keys, archive).segment({ stamped: false });
  await stampFolder(segment, createHttpTsa({ url: tsa.url, anchors: [anchor], name: 'sigstore' }));
  const report = await verifySegment(segment, { ...keys.options, tsaAnchors: [anchor] });
  expect(report.findings.map(({ kind }) => kind)).toEqual(['revocation-not-checked']);
  expect(report.holds).toBe(true);
  expect(report.checked).toMatchObject({ tokens: 1, authorities: [{ local: false, tokens: 1 }] });

  // A restart forgets the keys: its stamps are then those of somebody else.
  await tsa.stop();
  await tsa.start();
  const now = await tsa.anchor();
  expect(now).not.toBe(anchor);
  const other = await verifySegment(segment, { ...keys.options, tsaAnchors: [now] });
  expect(other.holds).toBe(false);
});

test('it is killed and comes back; two of them run beside each other', async () => {
  const second = await createSigstoreTsa(keeper);
  await second.start();
  await tsa.kill();
  const client = async (timeoutMs = 30_000) =>
    createHttpTsa({ url: tsa.url, anchors: [await second.anchor()], timeoutMs });
  await expect((await client()).stamp(DIGEST)).rejects.toMatchObject({ code: 'TSA_UNAVAILABLE' });
  await tsa.start();
  await tsa.ready();
  await expect((await client()).stamp(DIGEST)).rejects.toMatchObject({ code: 'TSA_REFUSED' });

  await tsa.hang();
  await expect((await client(500)).stamp(DIGEST)).rejects.toMatchObject({ detail: 'it did not answer in time' });
  await tsa.resume();
  await tsa.ready();

  const taken = await createSigstoreTsa(keeper, { name: 'taken', port: second.address.port });
  await expect(taken.start()).rejects.toThrow(/taken: port \d+ on 127\.0\.0\.1 is used by another program/);
  vi.stubEnv('LOGMASTER_SERVICES_DIR', keeper.folder);
  const absent = await createSigstoreTsa(keeper, { name: 'absent' });
  await expect(absent.start()).rejects.toThrow(
    /absent: its program can not be run[\s\S]*npm run setup:services sigstore-tsa/,
  );
  vi.unstubAllEnvs();
});
