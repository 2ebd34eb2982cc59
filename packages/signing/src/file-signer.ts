import { sign } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Signer } from './contracts.ts';
import { openIdentity } from './identity-file.ts';
import { createSelfSigned } from './self-signed.ts';
import { pemEncode } from './x509/pem.ts';

/** promisified: runs on the thread pool, so that receiving isn't held up. */
const signInPool = promisify<string, Uint8Array, Parameters<typeof sign>[2], Buffer>(sign);

export const RSA_BITS = 3072;
/** Nobody else vouches for this certificate, so its end only forces a new key after a long life. */
const YEARS = 20;
const NAME = 'LogMaster evidence signer';

/**
 * The signing key in `<keys>/signer.key` (PEM, 0600: key and certificate). On the first start makes an RSA-3072 key
 * with a self-signed certificate and publishes the certificate as `signer` (for pinning). `paths` is a DataLayout.
 * Throws CONFIG_INVALID when the file is damaged, or when certificate and key are not each other's.
 */
export async function openFileSigner(paths: { readonly keys: string; readonly signer: string }): Promise<Signer> {
  const { privateKey, certificates } = await openIdentity({
    file: path.join(paths.keys, 'signer.key'),
    published: paths.signer,
    publish: 'own',
    create: () => createSelfSigned({ bits: RSA_BITS, years: YEARS, commonName: NAME, use: 'signature' }),
  });
  const [certificate] = certificates;
  return {
    certificatePem: pemEncode('CERTIFICATE', certificate.der),
    fingerprint: certificate.fingerprint,
    sign: (bytes) => signInPool('sha256', bytes, privateKey),
  };
}
