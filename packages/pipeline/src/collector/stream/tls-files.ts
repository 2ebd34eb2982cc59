import { createHash, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { AppError } from '@logmaster/core/errors';

/** PEM files of a TLS port. */
export interface TlsFiles {
  /** The certificate and its issuers, and the key; they may be one file. */
  readonly certificate: string;
  readonly key: string;
  /** Authorities of client certificates. */
  readonly clientAuthorities?: string;
}

export interface LoadedTls {
  readonly context: SecureContextOptions;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly validTo: Date;
  /** Of the files' bytes: changes when any of them does. */
  readonly digest: string;
}

/** TLS 1.2 is what devices of the last ten years speak; 1.0 and 1.1 are forbidden by RFC 8996. */
const LEAST_VERSION = 'TLSv1.2';

/** Throws CONFIG_INVALID when a file is missing, is no PEM, or key and certificate are not each other's. */
export async function loadTlsFiles(files: TlsFiles): Promise<LoadedTls> {
  const names = [files.certificate, files.key, ...(files.clientAuthorities ? [files.clientAuthorities] : [])];
  try {
    const [cert = '', key = '', ca] = await Promise.all(names.map((name) => readFile(name, 'utf8')));
    const context: SecureContextOptions = { cert, key, minVersion: LEAST_VERSION, ...(ca === undefined ? {} : { ca }) };
    // Refuses what does not fit together, before a listening port depends on it.
    createSecureContext(context);
    const own = new X509Certificate(cert);
    if (ca !== undefined) new X509Certificate(ca);
    return {
      context,
      fingerprint: own.fingerprint256.replaceAll(':', '').toLowerCase(),
      validTo: own.validToDate,
      digest: createHash('sha256')
        .update([cert, key, ca ?? ''].join('\0'))
        .digest('hex'),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('CONFIG_INVALID', { detail: `TLS files ${names.join(', ')}: ${reason}`, cause });
  }
}

/** Changes when a file does, also when a link to it is turned to another; cheap enough for every few seconds. */
export async function tlsFilesState(files: TlsFiles): Promise<string> {
  const states = [];
  for (const name of Object.values(files) as string[]) {
    const { mtimeMs, size, ino } = await stat(name);
    states.push(`${mtimeMs} ${size} ${ino}`);
  }
  return states.join('\n');
}
