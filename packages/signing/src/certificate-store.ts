import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '@logmaster/core/durable-files';
import { certificateFromPem, pemEncode } from './x509/pem.ts';

/**
 * Keeps a certificate as `<archive>/certificates/<SHA-256 of its DER>.pem`, in the one exact PEM form, so that a
 * verifier years later finds signers and authorities by fingerprint. Returns the fingerprint. Throws DerError.
 */
export async function storeCertificate(archive: string, pem: string): Promise<string> {
  const { der, fingerprint } = certificateFromPem(pem);
  const folder = path.join(archive, 'certificates');
  await mkdir(folder, { recursive: true });
  await replaceFile(path.join(folder, `${fingerprint}.pem`), pemEncode('CERTIFICATE', der), { mode: 0o644 });
  return fingerprint;
}
