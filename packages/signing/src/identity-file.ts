import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import type { Certificate } from './x509/certificate.ts';
import { certificatesFromBundle, pemEncode } from './x509/pem.ts';

/**
 * A private key and its certificates in one PEM file of mode 0600: PKCS#8 key, own certificate, then its issuers. One
 * file, written by one rename, so that a crash never leaves a key without its certificate.
 */
export interface Identity {
  readonly privateKey: KeyObject;
  /** Own certificate first. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
}

/** What `openIdentity` stores when there is no file yet. */
export interface NewIdentity {
  readonly privateKey: KeyObject;
  /** DER, own certificate first. */
  readonly certificates: readonly Buffer[];
}

/**
 * Opens the identity, or makes and stores one when there is no such file. The certificate to be published (the own
 * one, or the anchor) is written to `published` when it isn't there. Throws CONFIG_INVALID when the file is damaged,
 * or when `published` holds another certificate: then stamps or signatures already made would lose their anchor.
 */
export async function openIdentity(options: {
  readonly file: string;
  readonly published: string;
  readonly publish: 'own' | 'anchor';
  readonly create: () => Promise<NewIdentity>;
}): Promise<Identity> {
  const existing = await readIfThere(options.file);
  const published = await readIfThere(options.published);
  if (existing === undefined && published !== undefined) {
    const detail = `${options.published} is there, but its key ${options.file} is not; restore the key, or move the certificate away to start anew`;
    throw new AppError('CONFIG_INVALID', { detail });
  }
  const text = existing ?? (await store(options.file, await options.create()));
  const identity = parseIdentity(options.file, text);
  const shown = options.publish === 'own' ? identity.certificates[0] : identity.certificates.at(-1);
  const pem = pemEncode('CERTIFICATE', (shown as Certificate).der);
  if (published === undefined) {
    await mkdir(path.dirname(options.published), { recursive: true });
    await replaceFile(options.published, pem, { mode: 0o644 });
  } else if (published !== pem) {
    throw new AppError('CONFIG_INVALID', { detail: `${options.published} does not belong to the key ${options.file}` });
  }
  return identity;
}

async function store(file: string, { privateKey, certificates }: NewIdentity): Promise<string> {
  const text = [
    privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ...certificates.map((der) => pemEncode('CERTIFICATE', der)),
  ].join('');
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await replaceFile(file, text, { mode: 0o600 });
  return text;
}

function parseIdentity(file: string, text: string): Identity {
  try {
    const privateKey = createPrivateKey(text);
    const [own, ...issuers] = certificatesFromBundle(text);
    if (!own?.x509.checkPrivateKey(privateKey)) throw new Error('the key does not belong to the certificate');
    return { privateKey, certificates: [own, ...issuers] };
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', { detail: `${file} holds no usable key and certificate`, cause });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}
