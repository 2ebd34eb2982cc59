import { rmSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type DataLayout, dataLayout } from '@logmaster/core/config/data-layout';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';

let made: Promise<DataLayout> | undefined;

async function makeKeys(): Promise<DataLayout> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'pipeline-keys-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const layout = dataLayout(root);
  await openFileSigner(layout);
  await openLocalTsa(layout);
  return layout;
}

/** Real keys and certificates for a data folder, the same for all of a test file: three RSA keys take seconds. */
export async function placeKeys(layout: DataLayout): Promise<void> {
  made ??= makeKeys();
  const from = await made;
  await cp(from.keys, layout.keys, { recursive: true });
  await cp(from.certificates, layout.certificates, { recursive: true });
}
