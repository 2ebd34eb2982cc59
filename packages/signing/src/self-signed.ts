import type { NewIdentity } from './identity-file.ts';
import { createCertificate, distinguishedName } from './x509/create.ts';
import { generateRsaKeys } from './x509/rsa-keys.ts';
import { validFor } from './x509/validity.ts';

/** A new RSA key and a certificate that nobody else vouches for. */
export async function createSelfSigned(options: {
  readonly bits: number;
  readonly years: number;
  readonly commonName: string;
  readonly use: 'signature' | 'server';
  /** Of a server: DNS names and IP addresses it is reached by. */
  readonly hosts?: readonly string[];
}): Promise<NewIdentity> {
  const { bits, years, commonName, ...purpose } = options;
  const { privateKey, publicKey } = await generateRsaKeys(bits);
  const name = distinguishedName('LogMaster', commonName);
  const issuer = { issuer: name, issuerKey: privateKey, issuerPublicKey: publicKey };
  const certificate = createCertificate({ ...issuer, ...purpose, ...validFor(years), subject: name, publicKey });
  return { privateKey, certificates: [certificate] };
}
