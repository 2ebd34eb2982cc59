import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { parseSegmentManifest, sha256Hex } from '@logmaster/signing/manifest-codec';
import type { SegmentSummary, Stamp } from '../../contracts/evidence.ts';
import { FolderCache } from './folder-cache.ts';
import { readStamp } from './read-stamp.ts';

/** Two days of one-minute segments of one node; a summary has about 1 KiB. */
const cache = new FolderCache<SegmentSummary>(3_000);

interface Place {
  readonly day: string;
  /** Relative to the archive. */
  readonly folder: string;
  readonly packed: boolean;
  readonly stamp: Stamp | null;
}

/** The summary of a segment from the exact bytes of its manifest. Throws SyntaxError or ZodError. */
export function summarise(bytes: Uint8Array, place: Place): SegmentSummary {
  const manifest = parseSegmentManifest(bytes);
  return {
    siteId: manifest.origin.site,
    node: manifest.origin.node,
    segment: manifest.segment,
    ...place,
    period: manifest.period,
    records: manifest.records.count,
    bytes: manifest.records.text.bytes,
    manifest: sha256Hex(bytes),
    previous: manifest.previous,
    signer: manifest.signer,
    merkleRoot: manifest.merkle.root,
    siteMapping: manifest.site_mapping,
  };
}

/** Reads one segment folder, given relative to the archive. */
export function readSegment(archive: string, folder: string, day: string): Promise<SegmentSummary> {
  return cache.get(path.join(archive, folder), async (absolute) => {
    const bytes = await readFile(path.join(absolute, SEAL_FILES.manifest));
    return summarise(bytes, { day, folder, packed: false, stamp: await readStamp(absolute) });
  });
}
