import { readFile } from 'node:fs/promises';
import { certificateFromPem } from '@logmaster/signing/x509/pem';
import type { Dependencies } from '../../dependencies.ts';
import { isMissing } from './archive-names.ts';

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** SHA-256 of this installation's signing certificate; null before ingest has started for the first time. */
export async function readSignerFingerprint({ layout }: Pick<Dependencies, 'layout'>): Promise<string | null> {
  const pem = await readIfThere(layout.signer);
  return pem ? certificateFromPem(pem).fingerprint : null;
}

/** PEM texts of the trust anchors for time-stamps that are there. */
export async function readAnchors({ tsa }: Pick<Dependencies, 'tsa'>): Promise<string[]> {
  const found = await Promise.all(tsa.anchorFiles.map(readIfThere));
  return found.filter((pem) => pem !== undefined).map((pem) => pem.toString('latin1'));
}
