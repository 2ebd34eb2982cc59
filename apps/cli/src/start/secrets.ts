import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { replaceFile } from '@logmaster/core/durable-files';

/** 256 bits each, as text that is safe in URLs and SQL. */
const SECRET_BYTES = 32;

export function randomSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Reads a secret of the data folder, making it (mode 0600) the first time. */
export async function ensureSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomSecret();
  await replaceFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/** Makes the data folder and those in it that hold secrets. `keys` is for its owner alone. */
export async function ensureFolders(layout: DataLayout): Promise<void> {
  await mkdir(layout.root, { recursive: true });
  for (const folder of [layout.archive, layout.journal, layout.index, layout.certificates, layout.run, layout.logs]) {
    await mkdir(folder, { recursive: true });
  }
  await mkdir(layout.keys, { recursive: true, mode: 0o700 });
  await chmod(layout.keys, 0o700);
}

export function webSecretFile(layout: DataLayout): string {
  return path.join(layout.keys, 'web.secret');
}
