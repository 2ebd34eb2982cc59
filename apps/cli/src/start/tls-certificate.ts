import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import { transportEnvironment } from '@logmaster/core/config/transport-settings';
import { openServerIdentity } from '@logmaster/signing/server-identity';

/** Key and certificate of the TLS ports, when the environment names no others. */
export function tlsKeyFile(layout: DataLayout): string {
  return path.join(layout.keys, 'tls.key');
}

/** What devices may have been told to send to. */
function ownHosts(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  // An address of one link (fe80::…%eth0) is no name for others.
  const outside = addresses.filter(({ address }) => !address.startsWith('fe80:')).map(({ address }) => address);
  return [...new Set(['localhost', hostname(), '127.0.0.1', ...outside])];
}

/**
 * Makes a self-signed certificate for the TLS ports, once, unless one is given. Resolves with the SHA-256 fingerprint
 * of the certificate that devices will see, for those who pin it.
 */
export async function ensureTlsCertificate(layout: DataLayout): Promise<string> {
  const { LOGMASTER_TLS_CERT_FILE: given } = readEnvironment(transportEnvironment);
  if (given !== undefined)
    return new X509Certificate(await readFile(given)).fingerprint256.replaceAll(':', '').toLowerCase();
  return openServerIdentity({
    file: tlsKeyFile(layout),
    certificate: layout.tlsCertificate,
    commonName: hostname(),
    hosts: ownHosts(),
  });
}
