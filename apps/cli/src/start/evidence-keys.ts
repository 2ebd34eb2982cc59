import type { DataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import { ingestEnvironment } from '@logmaster/core/config/fragments';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';

/**
 * Makes the signing key and, unless an outside TSA is configured, the local TSA, so that their certificates lie in the
 * data folder before anything is sealed and a broken key stops the start. Resolves with the signer's fingerprint.
 */
export async function ensureEvidenceKeys(layout: DataLayout): Promise<string> {
  const signer = await openFileSigner(layout);
  if (!readEnvironment(ingestEnvironment).TSA_URL) await openLocalTsa(layout);
  return signer.fingerprint;
}
