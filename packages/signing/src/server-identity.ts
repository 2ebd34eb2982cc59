import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { openIdentity } from './identity-file.ts';
import { createCertificate, distinguishedName } from './x509/create.ts';

const generate = promisify(generateKeyPair);
const RSA_BITS = 2048;
/** Devices pin it or trust it as it is: its end would only break them. */
const YEARS = 10;
const MS_PER_YEAR = 365.25 * 86_400_000;

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
  const { certificates } = await openIdentity({
    file: options.file,
    published: options.certificate,
    publish: 'own',
    create: () => createServerIdentity(options),
  });
  return certificates[0].fingerprint;
}

async function createServerIdentity({ commonName, hosts }: { commonName: string; hosts: readonly string[] }) {
  const { privateKey } = await generate('rsa', { modulusLength: RSA_BITS });
  const publicKey = createPublicKey(privateKey);
  const name = distinguishedName('LogMaster', commonName);
  const now = Date.now();
  const certificate = createCertificate({
    subject: name,
    issuer: name,
    publicKey,
    issuerKey: privateKey,
    issuerPublicKey: publicKey,
    // A day back: devices with a slow clock shall not find it not yet valid.
    notBefore: new Date(now - 86_400_000),
    notAfter: new Date(now + YEARS * MS_PER_YEAR),
    use: 'server',
    hosts,
  });
  return { privateKey, certificates: [certificate] };
}
