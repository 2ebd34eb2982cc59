import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '@logmaster/core/clock';
import { syncFolder, writeSynced } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { dayFolder, SEAL_FILES, type SegmentManifest } from '@logmaster/core/evidence/manifest';
import type { RawRecord } from '@logmaster/core/record';
import { SOFTWARE } from '@logmaster/core/version';
import type { PackedDayWriter } from '@logmaster/search/packed-days';
import type { Signer } from '@logmaster/signing/contracts';
import { parseDayManifest, parseSegmentManifest, sha256Hex } from '@logmaster/signing/manifest-codec';
import { dayMerkle, packedSegmentLine } from '@logmaster/signing/packed-day';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { sealDay } from '@logmaster/signing/seal';
import { verifySegment } from '@logmaster/signing/verify/verify';
import type { Fault } from '../fault.ts';
import { changeChain, readChain } from '../segments/chain.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import { announceDay } from '../segments/packed-day.ts';
import { readFrames, readLines } from '../segments/zstd-frames.ts';
import type { Archive } from './archive.ts';
import { removeFolder } from './seal-plan.ts';
import type { Stamper } from './stamper.ts';

export interface DayPackerOptions {
  readonly node: string;
  readonly layout: SegmentLayout;
  readonly archive: Archive;
  readonly signer: Signer;
  readonly stamper: Stamper;
  readonly days: PackedDayWriter;
  readonly clock: Clock;
  readonly fault: Fault;
  /** Called for each day: the same parse as when the record was received, for a site of this name. */
  readonly openParser: () => Promise<(record: RawRecord, site: string) => FlatEvent>;
}

interface ArchivedSegment {
  /** Folder name, and absolute path. */
  readonly name: string;
  readonly folder: string;
  readonly manifest: SegmentManifest;
  readonly manifestSha256: string;
}

/**
 * Makes the packed day of a site once all its segments are in the archive and stamped, and removes them when the day
 * is there, verified, and announced to the index. Every step finds what was done before a crash.
 */
export class DayPacker {
  private readonly options: DayPackerOptions;

  constructor(options: DayPackerOptions) {
    this.options = options;
  }

  async pack(site: string, day: string): Promise<void> {
    const { layout, archive, node, fault, stamper, clock } = this.options;
    const relative = `${dayFolder(site, day)}/${node}`;
    if (!(await archive.has(relative))) {
      const folder = layout.day(site, day);
      await this.build(site, day, folder);
      await archive.publish(folder, relative);
      fault('day-published');
    }
    const target = archive.at(relative);
    await stamper.remember(target, clock());
    const bytes = await readFile(path.join(target, SEAL_FILES.day));
    const manifest = parseDayManifest(bytes);
    await announceDay(layout, {
      site,
      day,
      parquet: path.join(relative, SEAL_FILES.events),
      records: manifest.records.count,
    });
    fault('day-announced');
    for (const name of await this.folders(site, day)) await removeReplaced(archive.at(dayFolder(site, day)), name);
    fault('day-cleaned');
    await changeChain(layout, site, (chain) => {
      if (chain === undefined) throw new AppError('INTERNAL', { detail: `${site} has a packed day but no chain` });
      return { ...chain, day: { day, sha256: sha256Hex(bytes) } };
    });
    fault('day-chained');
  }

  private async build(site: string, day: string, folder: string): Promise<void> {
    const { node, layout, signer, stamper, fault } = this.options;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const segments = await this.segments(site, day);
    const [first, last] = [segments[0], segments.at(-1)];
    if (first === undefined || last === undefined) {
      throw new AppError('INTERNAL', { detail: `no segment of ${site} on ${day} is in the archive` });
    }
    expectUnbroken(segments);
    const records = path.join(folder, SEAL_FILES.records);
    await concatenate(segments, records, path.join(folder, SEAL_FILES.segments));
    const zstBytes = segments.reduce((sum, { manifest }) => sum + manifest.records.zst.bytes, 0);
    const count = segments.reduce((sum, { manifest }) => sum + manifest.records.count, 0);
    const text = await digestText(records, zstBytes);
    await this.writeEvents(site, day, { records, zstBytes, count, path: path.join(folder, SEAL_FILES.events) });
    fault('day-built');
    const chain = await readChain(layout, site);
    await sealDay({
      folder,
      signer,
      day: {
        origin: { node, site },
        day,
        period: { from: first.manifest.period.from, to: last.manifest.period.to },
        segments: { count: segments.length, first: first.manifest.segment, last: last.manifest.segment },
        records: { count, text },
        merkle: dayMerkle(segments.map(({ manifest }) => manifest.merkle.root)),
        previous_day: chain?.day?.sha256 ?? null,
        last_manifest: last.manifestSha256,
        newest_token: stamper.newest,
        software: SOFTWARE,
      },
    });
    await stamper.stamp(folder);
    fault('day-sealed');
    await expectHolds(folder, signer);
  }

  private async writeEvents(
    site: string,
    day: string,
    source: { records: string; zstBytes: number; count: number; path: string },
  ): Promise<void> {
    const { days } = this.options;
    const toEvent = await this.options.openParser();
    async function* events(): AsyncGenerator<FlatEvent> {
      for await (const line of readLines(source.records, source.zstBytes)) yield toEvent(decodeRecordLine(line), site);
    }
    const { records } = await days.writeDayParquet({ site, day, events: events(), path: source.path });
    if (records === source.count) return;
    throw new AppError('INTERNAL', { detail: `${site} ${day}: ${records} rows for ${source.count} records` });
  }

  /** The day's segment folders in order. One without a manifest throws: nothing is packed around lost evidence. */
  private async segments(site: string, day: string): Promise<ArchivedSegment[]> {
    const names = (await this.folders(site, day)).filter((name) => !name.startsWith('.'));
    return Promise.all(
      names.map(async (name) => {
        const folder = this.options.archive.at(dayFolder(site, day), name);
        const bytes = await readFile(path.join(folder, SEAL_FILES.manifest));
        return { name, folder, manifest: parseSegmentManifest(bytes), manifestSha256: sha256Hex(bytes) };
      }),
    );
  }

  /** Segment folders of the day, hidden ones included, whose removal a crash interrupted. */
  private async folders(site: string, day: string): Promise<string[]> {
    const pattern = new RegExp(`^\\.?${this.options.node}-\\d{8}$`);
    return (await this.options.archive.list(dayFolder(site, day))).filter((name) => pattern.test(name)).sort();
  }
}

/** Hides the folder by one rename before it is emptied: a verifier passes over names that start with a dot. */
async function removeReplaced(dayPath: string, name: string): Promise<void> {
  const hidden = path.join(dayPath, name.startsWith('.') ? name : `.${name}`);
  if (!name.startsWith('.')) {
    await rename(path.join(dayPath, name), hidden);
    await syncFolder(dayPath);
  }
  await removeFolder(hidden);
}

/** A day that lacks a segment, or whose segments do not join, is not packed. */
function expectUnbroken(segments: readonly ArchivedSegment[]): void {
  for (const [index, { manifest, name }] of segments.entries()) {
    const before = segments[index - 1];
    if (before === undefined) continue;
    const joins = manifest.previous === before.manifestSha256 && manifest.period.from === before.manifest.period.to;
    if (!joins) throw new AppError('INTERNAL', { detail: `${name} does not follow ${before.name}` });
  }
}

async function concatenate(segments: readonly ArchivedSegment[], records: string, lines: string): Promise<void> {
  const out = await open(records, 'w', 0o640);
  const packed: Buffer[] = [];
  let offset = 0;
  try {
    for (const { folder, manifest } of segments) {
      let length = 0;
      for await (const chunk of createReadStream(path.join(folder, SEAL_FILES.records))) {
        await out.writeFile(chunk);
        length += (chunk as Buffer).length;
      }
      packed.push(await packedSegmentLine({ folder, segment: manifest.segment, offset, length }));
      offset += length;
    }
    await out.sync();
  } finally {
    await out.close();
  }
  await writeSynced(lines, Buffer.concat(packed), 0o640);
}

async function digestText(file: string, zstBytes: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const text of readFrames(file, zstBytes)) {
    hash.update(text);
    bytes += text.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Reads the packed day back, by the same code that a court's expert would run, before the segments may go. */
async function expectHolds(folder: string, signer: Signer): Promise<void> {
  const report = await verifySegment(folder, { tsaAnchors: [], pinnedSigners: [signer.fingerprint] });
  if (report.holds) return;
  const failures = report.findings.filter(({ severity }) => severity === 'failure').map(({ message }) => message);
  throw new AppError('INTERNAL', { detail: `the packed day does not verify: ${failures.join('; ')}` });
}
