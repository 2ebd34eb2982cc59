import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { sha256Hex } from '@logmaster/signing/manifest-codec';
import { expect, test } from 'vitest';
import { readNewestToken } from '../segments/newest-token.ts';
import { Stamper } from './stamper.ts';

test('tokens of segments and of a day are remembered at once, and the last one stays', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stamper-'));
  const token = path.join(folder, SEAL_FILES.token);
  await writeFile(token, 'token');
  const file = path.join(folder, 'newest-token.json');
  const never = () => Promise.reject(new Error('nothing is stamped here'));
  const stamper = new Stamper({ name: 'none', legal: false, stamp: never }, file);
  const gone = stamper.remember(path.join(folder, 'gone'), 1);
  const all = Array.from({ length: 20 }, (_, index) => stamper.remember(folder, index));
  await expect(gone).rejects.toThrow('ENOENT');
  await Promise.all(all);
  expect(stamper.newest).toBe(sha256Hex(Buffer.from('token')));
  expect(await readNewestToken(file)).toBe(stamper.newest);
  await rm(folder, { recursive: true });
});
