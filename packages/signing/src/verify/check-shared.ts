import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ARCHIVE_MARKER, parseArchiveMarker } from '../archive-marker.ts';
import { DerError } from '../der/reader.ts';
import { sha256Hex } from '../manifest-codec.ts';
import { certificateFromPem } from '../x509/pem.ts';
import type { VerifyContext } from './context.ts';

/** Checks certificates/<SHA-256 of the DER>.pem: each file must be exactly the certificate that its name says. */
export function checkCertificates(folder: string, context: VerifyContext): Promise<void> {
  return checkNamed(folder, '.pem', context, (bytes) => {
    try {
      return certificateFromPem(bytes, { exact: true }).fingerprint;
    } catch (thrown) {
      if (thrown instanceof DerError) return undefined;
      throw thrown;
    }
  });
}

/** Checks revocation/<SHA-256 of the file>.crl. */
export function checkRevocationLists(folder: string, context: VerifyContext): Promise<void> {
  return checkNamed(folder, '.crl', context, sha256Hex);
}

/** Checks the marker file of an archive. */
export async function checkMarker(file: string, context: VerifyContext): Promise<void> {
  const bytes = await readFile(file);
  if (parseArchiveMarker(bytes) !== undefined) return;
  if (/^\{"id":"[0-9a-f-]{36}"\}\n$/.test(bytes.toString('latin1'))) {
    context.notice('not-checked', file, 'it is an older marker, without a check of its own');
  } else {
    context.failure('altered', file, `${ARCHIVE_MARKER} is not as it was written`);
  }
}

async function checkNamed(
  folder: string,
  extension: string,
  context: VerifyContext,
  nameOf: (bytes: Buffer) => string | undefined,
): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.name.startsWith('.')) {
      context.notice('under-construction', file, `${entry.name} is not published (yet)`);
    } else if (!entry.isFile() || !/^[0-9a-f]{64}$/.test(path.basename(entry.name, extension))) {
      context.failure('unexpected-file', file, `it is not named <SHA-256>${extension}`);
    } else if (`${nameOf(await readFile(file))}${extension}` !== entry.name) {
      context.failure('altered', file, 'its content is not what its name says');
    }
  }
}
