import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { dayFolder, SEAL_FILES, type SegmentManifest } from '@logmaster/core/evidence/manifest';
import type { RawRecord } from '@logmaster/core/record';
import { type Micros, rfc3339ToMicros, utcDay } from '@logmaster/core/time';
import { parseSegmentManifest } from '@logmaster/signing/manifest-codec';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { isMissing } from '../files.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import { readLines } from '../segments/zstd-frames.ts';

export interface SealedPlaces {
  readonly node: string;
  readonly layout: SegmentLayout;
  /** Root of the archive. */
  readonly archive: string;
}

/** What is asked for: one site, one received day, receive times [from, to]. */
export interface SealedStretch {
  readonly site: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly from: Micros;
  readonly to: Micros;
}

interface SealedSegment {
  readonly folder: string;
  readonly manifest: SegmentManifest;
}

/**
 * The records of this node's sealed segments that may be of the stretch, in order, each once: those in the archive, and
 * those that wait for it under segments/. A day that is packed meanwhile takes its segments away: then records are missing, or it
 * throws. The caller counts them.
 */
export async function* sealedRecords(places: SealedPlaces, stretch: SealedStretch): AsyncGenerator<RawRecord> {
  for (const { folder, manifest } of await segmentsOf(places, stretch)) {
    const file = path.join(folder, SEAL_FILES.records);
    for await (const line of readLines(file, manifest.records.zst.bytes)) yield decodeRecordLine(line);
  }
}

async function segmentsOf(places: SealedPlaces, stretch: SealedStretch): Promise<SealedSegment[]> {
  const { node, layout, archive } = places;
  const { site, day } = stretch;
  const waiting = await foldersIn(layout.site(site), /^(\d{8})\.sealed$/);
  const archived = await foldersIn(path.join(archive, dayFolder(site, day)), new RegExp(`^${node}-(\\d{8})$`));
  // A copy to another file system is whole before what it was copied from goes: then both are there.
  const segments = await Promise.all([...new Map([...waiting, ...archived]).values()].map(readSegment));
  return segments
    .filter(({ manifest }) => holds(manifest, stretch))
    .sort((a, b) => a.manifest.segment - b.manifest.segment);
}

function holds({ period, records }: SegmentManifest, { day, from, to }: SealedStretch): boolean {
  const begins = rfc3339ToMicros(period.from);
  return records.count > 0 && utcDay(begins) === day && begins <= to && rfc3339ToMicros(period.to) > from;
}

/** Segment number → folder. */
async function foldersIn(folder: string, name: RegExp): Promise<Map<string, string>> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const found = new Map<string, string>();
  for (const each of names) {
    const number = name.exec(each)?.[1];
    if (number !== undefined) found.set(number, path.join(folder, each));
  }
  return found;
}

async function readSegment(folder: string): Promise<SealedSegment> {
  return { folder, manifest: parseSegmentManifest(await readFile(path.join(folder, SEAL_FILES.manifest))) };
}
