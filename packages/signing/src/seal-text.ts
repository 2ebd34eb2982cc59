import { SEAL_FILES } from '@logmaster/core/evidence/manifest';

/** seal.sha256: one line a file as sha256sum writes and checks them, `<64 hex>  <name>` and LF, in a fixed order. */

/** Files that the seal of a segment folder covers, in their order. */
export const SEGMENT_SEALED = [
  SEAL_FILES.manifest,
  SEAL_FILES.manifestSignature,
  SEAL_FILES.signer,
  SEAL_FILES.records,
] as const;

/** Files that the seal of a packed day covers, in their order; events.parquet only when there is one. */
export const DAY_SEALED = [
  SEAL_FILES.day,
  SEAL_FILES.daySignature,
  SEAL_FILES.signer,
  SEAL_FILES.records,
  SEAL_FILES.segments,
  SEAL_FILES.events,
] as const;

/** `digests`: name → hex SHA-256, in order. */
export function encodeSeal(digests: Iterable<readonly [name: string, sha256: string]>): Buffer {
  return Buffer.from([...digests].map(([name, sha256]) => `${sha256}  ${name}\n`).join(''));
}

/** Name → hex SHA-256 as written; undefined when the bytes are not lines of that form. */
export function parseSeal(bytes: Uint8Array): Map<string, string> | undefined {
  const digests = new Map<string, string>();
  for (const line of Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1)) {
    const match = /^([0-9a-f]{64}) {2}([a-z0-9.]{1,64})$/.exec(line);
    if (!match || digests.has(match[2] as string)) return undefined;
    digests.set(match[2] as string, match[1] as string);
  }
  return encodeSeal(digests).equals(bytes) ? digests : undefined;
}
