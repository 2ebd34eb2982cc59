import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { encodePackedSegment } from './manifest-codec.ts';
import { leafHash, merkleRoot } from './merkle.ts';

/** Parts of a packed day made from the sealed segment folders that it replaces. */

/**
 * The line of segments.jsonl (with LF) of a sealed segment folder: the exact bytes of its small files.
 * `offset` and `length`: where its records.log.zst lies in the day's.
 */
export async function packedSegmentLine(options: {
  readonly folder: string;
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}): Promise<Buffer> {
  const base64 = (name: string) => readFile(path.join(options.folder, name), 'base64');
  return encodePackedSegment({
    segment: options.segment,
    manifest: await base64(SEAL_FILES.manifest),
    signature: await base64(SEAL_FILES.manifestSignature),
    signer: await base64(SEAL_FILES.signer),
    seal: await base64(SEAL_FILES.seal),
    token: await base64(SEAL_FILES.token).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null; // not stamped yet: the day's own token covers it
      throw thrown;
    }),
    offset: options.offset,
    length: options.length,
  });
}

/** Merkle tree of a packed day: a leaf is the 32 raw bytes of a segment's root (given as hex), in order. */
export function dayMerkle(roots: readonly string[]): { readonly size: number; readonly root: string } {
  const leaves = roots.map((root) => leafHash(Buffer.from(root, 'hex')));
  return { size: leaves.length, root: merkleRoot(leaves).toString('hex') };
}
