import { sha256Hex } from './manifest-codec.ts';

/**
 * `.logmaster-archive.json` at the top of an archive: shows that the archive's file system is mounted. It is no
 * evidence, but it carries a check of its id, so that a verifier can tell when a byte of it was changed.
 */
export const ARCHIVE_MARKER = '.logmaster-archive.json';

/** `{"id":"<uuid>","sha256":"<SHA-256 of the id's text>"}` and LF. */
export function encodeArchiveMarker(id: string): string {
  return `${JSON.stringify({ id, sha256: sha256Hex(Buffer.from(id)) })}\n`;
}

/** The id; undefined when the bytes are not exactly what `encodeArchiveMarker` writes for it. */
export function parseArchiveMarker(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const id = /^\{"id":"([0-9a-f-]{36})"/.exec(text)?.[1];
  return id !== undefined && encodeArchiveMarker(id) === text ? id : undefined;
}
