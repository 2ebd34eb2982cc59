import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { parseDayManifest, parsePackedSegment, sha256Hex } from '@logmaster/signing/manifest-codec';
import type { PackedDaySummary, SegmentSummary } from '../../contracts/evidence.ts';
import { FolderCache } from './folder-cache.ts';
import { summarise } from './read-segment.ts';
import { describeToken, readStamp } from './read-stamp.ts';

export interface PackedDayFound extends PackedDaySummary {
  readonly segments: number;
}

/** A year of days of one site; and the segments of a few days, of which each may have 1 440. */
const days = new FolderCache<PackedDayFound>(400);
const contents = new FolderCache<readonly SegmentSummary[]>(8);

/** A packed day by its own manifest, given relative to the archive. */
export function readPackedDay(archive: string, folder: string): Promise<PackedDayFound> {
  return days.get(path.join(archive, folder), async (absolute) => {
    const bytes = await readFile(path.join(absolute, SEAL_FILES.day));
    const day = parseDayManifest(bytes);
    return {
      node: day.origin.node,
      folder,
      manifest: sha256Hex(bytes),
      previousDay: day.previous_day,
      segments: day.segments.count,
      records: day.records.count,
      bytes: day.records.text.bytes,
      signer: day.signer,
      stamp: await readStamp(absolute),
    };
  });
}

/** The segments inside a packed day, by number. */
export function readPackedSegments(archive: string, folder: string, day: string): Promise<readonly SegmentSummary[]> {
  return contents.get(path.join(archive, folder), async (absolute) => {
    const lines = createInterface({ input: createReadStream(path.join(absolute, SEAL_FILES.segments)) });
    const segments: SegmentSummary[] = [];
    for await (const line of lines) {
      const packed = parsePackedSegment(Buffer.from(line));
      const stamp = packed.token === null ? null : describeToken(Buffer.from(packed.token, 'base64'));
      segments.push(summarise(Buffer.from(packed.manifest, 'base64'), { day, folder, packed: true, stamp }));
    }
    return segments;
  });
}
