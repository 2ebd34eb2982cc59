import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { dayFolder, SEAL_FILES } from '@logmaster/core/evidence/manifest';
import type { RawRecord } from '@logmaster/core/record';
import { dayStart, MICROS_PER_DAY } from '@logmaster/core/time';
import { parseDayManifest } from '@logmaster/signing/manifest-codec';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { isMissing } from '../files.ts';
import { readLines } from '../segments/zstd-frames.ts';
import { type SealedPlaces, sealedRecords } from './sealed-records.ts';

/**
 * All sealed records of a site that this node received on a UTC day, in order, each once: from the packed day, or from the
 * segments while there is none. A day that is packed meanwhile takes its segments away: then records are missing, or it throws.
 */
export async function* sealedDay(places: SealedPlaces, site: string, day: string): AsyncGenerator<RawRecord> {
  const folder = path.join(places.archive, dayFolder(site, day), places.node);
  const manifest = await readFile(path.join(folder, SEAL_FILES.day)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (manifest === undefined) {
    const from = dayStart(day);
    yield* sealedRecords(places, { site, day, from, to: from + MICROS_PER_DAY - 1 });
    return;
  }
  const { bytes } = parseDayManifest(manifest).files['records.log.zst'];
  for await (const line of readLines(path.join(folder, SEAL_FILES.records), bytes)) yield decodeRecordLine(line);
}
