import { openIdentity } from './identity-file.ts';
import { createSelfSigned } from './self-signed.ts';

const RSA_BITS = 2048;
/** Devices pin it or trust it as it is: its end would only break them. */
const YEARS = 10;

/**
 * Key and self-signed certificate of a TLS server in `file` (PEM, 0600), the certificate published as `certificate`.
 * Made when missing. Resolves with the certificate's SHA-256 fingerprint in lower-case hex. Throws CONFIG_INVALID.
 */
export async function openServerIdentity(options: {
  readonly file: string;
  readonly certificate: string;
  readonly commonName: string;
  /** DNS names and IP addresses the server is reached by; those of a certificate that exists stay as they are. */
  readonly hosts: readonly string[];
}): Promise<string> {
  const { file, certificate, commonName, hosts } = options;
  const { certificates } = await openIdentity({
    file,
    published: certificate,
    publish: 'own',
    create: () => createSelfSigned({ bits: RSA_BITS, years: YEARS, commonName, use: 'server', hosts }),
  });
  return certificates[0].fingerprint;
}
