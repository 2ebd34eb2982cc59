import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHttpTsa } from '@logmaster/signing/http-tsa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { runTool } from '../process/run-tool.ts';
import { createOpensslTsa, type OpensslTsaService } from './openssl-tsa.ts';
import type { TsaFault } from './openssl-tsa-main.ts';

let keeper: Keeper;
let tsa: OpensslTsaService;
beforeAll(async () => {
  keeper = await openKeeper('test-openssl-tsa');
  tsa = await createOpensslTsa(keeper, { name: 'tsa', intermediate: true });
  await tsa.start();
});
afterAll(() => keeper.close());

const DIGEST = createHash('sha256').update('seal').digest();
const stamp = (timeoutMs = 10_000) => createHttpTsa({ url: tsa.url, anchors: [tsa.anchor], timeoutMs }).stamp(DIGEST);

async function textOf(token: Buffer, name: string): Promise<string> {
  const file = path.join(keeper.folder, name);
  await writeFile(file, token);
  const args = ['ts', '-reply', '-in', file, '-text'];
  return runTool({ service: 'openssl', component: 'openssl', command: 'openssl', args });
}

test('our client accepts its stamps; many at once have serial numbers of their own', async () => {
  const tokens = await Promise.all(Array.from({ length: 8 }, () => stamp()));
  const texts = await Promise.all(tokens.map((token, index) => textOf(token, `token-${index}`)));
  const serials = texts.map((text) => /Serial number: (0x\w+)/.exec(text)?.[1]);
  expect(new Set(serials).size).toBe(8);
  expect(await readFile(tsa.anchorFile, 'utf8')).toBe(tsa.anchor);
});

test.each<[TsaFault, string, RegExp]>([
  [{ kind: 'unavailable' }, 'TSA_UNAVAILABLE', /HTTP status 503/],
  [{ kind: 'slow', ms: 60_000 }, 'TSA_UNAVAILABLE', /did not answer in time/],
  [{ kind: 'refuses' }, 'TSA_REFUSED', /status 2 \(rejected\)/],
  [{ kind: 'wrong-nonce' }, 'TSA_REFUSED', /nonce is another/],
  [{ kind: 'expired-signer' }, 'TSA_REFUSED', /not valid at genTime/],
])('fault $kind, and all is well when it ends', async (fault, code, detail) => {
  await tsa.fault(fault);
  const timeoutMs = fault.kind === 'slow' ? 300 : 10_000;
  await expect(stamp(timeoutMs)).rejects.toMatchObject({ code, detail: expect.stringMatching(detail) });
  await tsa.fault(undefined);
  expect((await stamp()).length).toBeGreaterThan(1000);
});

test('it is killed and comes back with the same anchor; it hangs and goes on', async () => {
  await tsa.kill();
  await expect(stamp()).rejects.toMatchObject({ code: 'TSA_UNAVAILABLE' });
  await expect(tsa.ready()).rejects.toThrow(/does not run/);
  await tsa.start();
  await stamp();
  await tsa.hang();
  await expect(stamp(300)).rejects.toMatchObject({ code: 'TSA_UNAVAILABLE' });
  await tsa.resume();
  await stamp();
});

test('what is no request is turned away; a taken port and missing keys are told', async () => {
  expect((await fetch(tsa.url, { method: 'POST', body: 'x' })).status).toBe(415);
  const second = await createOpensslTsa(keeper, { name: 'second', port: tsa.address.port });
  await expect(second.start()).rejects.toThrow(/second: port \d+ on 127\.0\.0\.1 is used by another program/);
  const broken = await createOpensslTsa(keeper, { name: 'broken' });
  await rm(path.join(keeper.folder, 'broken', 'ca.pem'));
  await expect(broken.start()).rejects.toThrow(/broken: it ended with code 1 while it started[\s\S]*ENOENT/);
  expect(await tsa.logs()).toMatch(/refused a request of type text\/plain/);
});
