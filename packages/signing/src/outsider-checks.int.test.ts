import { cp, mkdtemp, readFile, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sh } from './testing/openssl.ts';
import { ChainWriter, type Keys, makeKeys } from './testing/sealed-archive.ts';

/** The checks that any outsider can run (docs/formats/evidence.md § Checks), with the real tools and nothing of ours. */

let keys: Keys;
let archive: string;
let segment: string;
let day: string;

beforeAll(async () => {
  keys = await makeKeys();
  archive = await mkdtemp(path.join(tmpdir(), 'signing-outsider-'));
  const chain = new ChainWriter(keys, archive);
  const folders: string[] = [];
  for (let i = 0; i < 24; i++) folders.push(await chain.segment());
  day = await chain.packDay(folders);
  segment = await chain.segment();
  for (const folder of [segment, day]) await cp(keys.tsaCaFile, path.join(folder, 'tsa-ca.pem'));
});
afterAll(async () => {
  await rm(archive, { recursive: true });
  await rm(keys.root, { recursive: true });
});

describe.each([
  ['a segment folder', () => segment, 'manifest'],
  ['a packed day', () => day, 'day'],
])('%s', (_, folderOf, name) => {
  test('sha256sum -c seal.sha256', async () => {
    const said = await sh(folderOf(), 'sha256sum -c --strict seal.sha256');
    const expected = name === 'day' ? ['day.json', 'segments.jsonl', 'events.parquet'] : ['manifest.json'];
    for (const file of [...expected, 'records.log.zst', 'signer.pem', `${name}.sig`])
      expect(said).toContain(`${file}: OK`);
    expect(said).not.toContain('FAILED');
  });

  test('the signature', async () => {
    await sh(folderOf(), 'openssl x509 -in signer.pem -pubkey -noout > pub.pem');
    const fingerprint = await sh(folderOf(), 'openssl x509 -in signer.pem -fingerprint -sha256 -noout');
    expect(fingerprint.replaceAll(':', '').toLowerCase()).toContain(keys.signer.fingerprint);
    const command = `openssl dgst -sha256 -verify pub.pem -signature ${name}.sig ${name}.json`;
    expect(await sh(folderOf(), command)).toContain('Verified OK');
  });

  test('the time-stamp', async () => {
    const command = 'openssl ts -verify -data seal.sha256 -in seal.tsr -CAfile tsa-ca.pem';
    expect(await sh(folderOf(), command)).toContain('Verification: OK');
    const seconds = Math.floor(Date.now() / 1000);
    expect(await sh(folderOf(), `${command} -attime ${seconds}`)).toContain('Verification: OK');
  });

  test('the records', async () => {
    const manifest = JSON.parse(await readFile(path.join(folderOf(), `${name}.json`), 'utf8'));
    expect(await sh(folderOf(), 'zstd -dc records.log.zst | sha256sum')).toContain(manifest.records.text.sha256);
    expect(await sh(folderOf(), 'zstd -dc records.log.zst | wc -l')).toContain(String(manifest.records.count));
  });

  test('after a change each of the checks fails', async () => {
    const copy = await mkdtemp(path.join(tmpdir(), 'signing-outsider-'));
    try {
      await cp(folderOf(), copy, { recursive: true });
      await sh(copy, `printf ' ' >> ${name}.json && printf '#' >> seal.sha256`);
      await expect(sh(copy, 'sha256sum -c --strict seal.sha256')).rejects.toThrow();
      await expect(
        sh(copy, `openssl dgst -sha256 -verify pub.pem -signature ${name}.sig ${name}.json`),
      ).rejects.toThrow();
      await expect(sh(copy, 'openssl ts -verify -data seal.sha256 -in seal.tsr -CAfile tsa-ca.pem')).rejects.toThrow();
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});

test('after expiry: sha256sum -c --ignore-missing seal.sha256', async () => {
  const copy = await mkdtemp(path.join(tmpdir(), 'signing-outsider-'));
  try {
    await cp(day, copy, { recursive: true });
    await unlink(path.join(copy, 'records.log.zst'));
    await unlink(path.join(copy, 'events.parquet'));
    expect(await sh(copy, 'sha256sum -c --ignore-missing --strict seal.sha256')).toContain('day.json: OK');
  } finally {
    await rm(copy, { recursive: true });
  }
});
