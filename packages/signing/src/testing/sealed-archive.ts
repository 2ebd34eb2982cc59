import { createReadStream } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { dayFolder, SEAL_FILES, type SegmentManifest, segmentFolderName } from '@logmaster/core/evidence/manifest';
import type { RawRecord } from '@logmaster/core/record';
import { dayStart, MICROS_PER_DAY, MICROS_PER_SECOND, microsToRfc3339 } from '@logmaster/core/time';
import { ARCHIVE_MARKER, encodeArchiveMarker } from '../archive-marker.ts';
import { storeCertificate } from '../certificate-store.ts';
import type { Signer, VerifyOptions } from '../contracts.ts';
import { openFileSigner } from '../file-signer.ts';
import { type LocalTsa, openLocalTsa } from '../local-tsa.ts';
import { sha256Hex } from '../manifest-codec.ts';
import { leafHash, merkleRoot } from '../merkle.ts';
import { dayMerkle, packedSegmentLine } from '../packed-day.ts';
import { encodeRecordLine } from '../record-line.ts';
import { sealDay, sealSegment, stampFolder } from '../seal.ts';
import { decompressFrames } from '../zstd-frames.ts';

/** Builds real archives for tests, with the same writers that the sealer uses. */

export interface Keys {
  readonly root: string;
  readonly signer: Signer;
  readonly tsa: LocalTsa;
  readonly tsaCaFile: string;
  /** Options of a verifier that pins both. */
  readonly options: VerifyOptions;
}

/** Keys in a temporary folder; the caller removes `root`. */
export async function makeKeys(): Promise<Keys> {
  const root = await mkdtemp(path.join(tmpdir(), 'signing-keys-'));
  const tsaCaFile = path.join(root, 'certificates', 'tsa-ca.pem');
  const paths = {
    keys: path.join(root, 'keys'),
    signer: path.join(root, 'certificates', 'signer.pem'),
    tsaCa: tsaCaFile,
  };
  const [signer, tsa] = await Promise.all([openFileSigner(paths), openLocalTsa(paths)]);
  const options = { tsaAnchors: [await readFile(tsaCaFile, 'utf8')], pinnedSigners: [signer.fingerprint] };
  return { root, signer, tsa, tsaCaFile, options };
}

export interface SegmentWish {
  /** Default: three records inside the period. */
  readonly records?: readonly RawRecord[];
  readonly change?: (manifest: SegmentManifest) => Partial<SegmentManifest>;
  readonly stamped?: boolean;
}

/** One chain being written: segments of an hour each, from the first day's midnight on. */
export class ChainWriter {
  readonly archive: string;
  readonly site: string;
  readonly node: string;
  readonly #keys: Keys;
  #at: number;
  #segment = 0;
  #sequence = 0;
  #previous: string | null = null;
  #previousDay: string | null = null;
  newestToken: string | null = null;

  constructor(keys: Keys, archive: string, options: { site?: string; node?: string; firstDay?: string } = {}) {
    this.#keys = keys;
    this.archive = archive;
    this.site = options.site ?? 'istanbul';
    this.node = options.node ?? 'node1';
    this.#at = dayStart(options.firstDay ?? '2026-11-19');
  }

  /** Seals the next segment and returns its folder. */
  async segment(wish: SegmentWish = {}): Promise<string> {
    const [from, to] = [this.#at, this.#at + 3600 * MICROS_PER_SECOND];
    const records = wish.records ?? [1, 2, 3].map((i) => this.record(from + i * MICROS_PER_SECOND));
    this.#segment += 1;
    const day = new Date(from / 1000).toISOString().slice(0, 10);
    const name = segmentFolderName(this.node, this.#segment);
    const folder = path.join(this.archive, dayFolder(this.site, day), name);
    await mkdir(folder, { recursive: true });
    const lines = records.map(encodeRecordLine);
    const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    // Two frames, as a sealer that flushes now and then writes them.
    const cut = lines[0] ? lines[0].length + 1 : 0;
    const zst = Buffer.concat([text.subarray(0, cut), text.subarray(cut)].map((part) => zstdCompressSync(part)));
    await writeFile(path.join(folder, SEAL_FILES.records), zst);
    const input = {
      origin: { node: this.node, site: this.site },
      segment: this.#segment,
      period: { from: microsToRfc3339(from), to: microsToRfc3339(to) },
      records: {
        count: lines.length,
        first: records[0]?.id ?? null,
        last: records.at(-1)?.id ?? null,
        text: { bytes: text.length, sha256: sha256Hex(text) },
        zst: { bytes: zst.length, sha256: sha256Hex(zst) },
      },
      merkle: { size: lines.length, root: merkleRoot(lines.map(leafHash)).toString('hex') },
      previous: this.#previous,
      newest_token: this.newestToken,
      sources:
        lines.length > 0
          ? { '10.0.0.1': { seen: lines.length + 2, journaled: lines.length, dropped: { 'rate-limit': 2 } } }
          : {},
      site_mapping: 1,
      clock: { source: 'ntp' as const, offset_us: -12, stratum: 2, steps: 0 },
      software: '0.1.0',
    };
    const manifest = { ...input, ...wish.change?.(input as SegmentManifest) };
    const sealed = await sealSegment({ folder, manifest, signer: this.#keys.signer });
    if (wish.stamped !== false) this.newestToken = (await stampFolder(folder, this.#keys.tsa)).tokenSha256;
    this.#previous = sealed.manifestSha256;
    this.#at = to;
    return folder;
  }

  /** Packs the segment folders of the day that has just ended, which must reach from midnight to midnight. */
  async packDay(folders: readonly string[], options: { readonly events?: boolean } = {}): Promise<string> {
    const start = this.#at - MICROS_PER_DAY;
    const day = new Date(start / 1000).toISOString().slice(0, 10);
    const folder = path.join(this.archive, dayFolder(this.site, day), this.node);
    await mkdir(folder, { recursive: true });
    const records = path.join(folder, SEAL_FILES.records);
    await writeFile(records, '');
    await writeFile(path.join(folder, SEAL_FILES.segments), '');
    const manifests: SegmentManifest[] = [];
    let offset = 0;
    for (const segmentFolder of folders) {
      const manifest = JSON.parse(await readFile(path.join(segmentFolder, SEAL_FILES.manifest), 'utf8'));
      const file = path.join(segmentFolder, SEAL_FILES.records);
      const length = (await stat(file)).size;
      const line = await packedSegmentLine({ folder: segmentFolder, segment: manifest.segment, offset, length });
      await appendFile(path.join(folder, SEAL_FILES.segments), line);
      await appendFile(records, await readFile(file));
      offset += length;
      manifests.push(manifest);
    }
    if (options.events !== false)
      await writeFile(path.join(folder, SEAL_FILES.events), 'PAR1 stands for an index PAR1');
    const text = await readText(folders);
    const sealed = await sealDay({
      folder,
      day: {
        origin: { node: this.node, site: this.site },
        day,
        period: { from: microsToRfc3339(start), to: microsToRfc3339(this.#at) },
        segments: {
          count: manifests.length,
          first: manifests[0]?.segment ?? null,
          last: manifests.at(-1)?.segment ?? null,
        },
        records: {
          count: manifests.reduce((sum, m) => sum + m.records.count, 0),
          text: { bytes: text.length, sha256: sha256Hex(text) },
        },
        merkle: dayMerkle(manifests.map((m) => m.merkle.root)),
        previous_day: this.#previousDay,
        last_manifest: this.#previous,
        newest_token: this.newestToken,
        software: '0.1.0',
      },
      signer: this.#keys.signer,
    });
    this.newestToken = (await stampFolder(folder, this.#keys.tsa)).tokenSha256;
    this.#previousDay = sealed.manifestSha256;
    for (const segmentFolder of folders) await rm(segmentFolder, { recursive: true });
    return folder;
  }

  record(receivedAt: number, raw = `<134>deny tcp ${this.#sequence} naïve\tçay\\ \0\r\n`): RawRecord {
    return {
      id: `${this.node}.w0.1.${this.#sequence++}`,
      receivedAt,
      sourceAddress: '10.0.0.1',
      sourcePort: 514,
      transport: 'udp',
      flags: '',
      raw: Buffer.from(raw),
    };
  }
}

async function readText(folders: readonly string[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const folder of folders) {
    for await (const chunk of decompressFrames(createReadStream(path.join(folder, SEAL_FILES.records))))
      parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/**
 * A small archive with all that one can hold: a packed day, an empty one, a day in segment folders, a second site,
 * certificates and the marker.
 */
export async function buildArchive(keys: Keys): Promise<string> {
  const archive = await mkdtemp(path.join(tmpdir(), 'signing-archive-'));
  await writeFile(path.join(archive, ARCHIVE_MARKER), encodeArchiveMarker('9f1f2a4e-1111-4222-8333-0123456789ab'));
  await storeCertificate(archive, keys.signer.certificatePem);
  const first = new ChainWriter(keys, archive);
  await first.packDay(await hours(first, 24));
  await first.packDay(await hours(first, 24, []), { events: false });
  for (let i = 0; i < 4; i++) await first.segment();
  const second = new ChainWriter(keys, archive, { site: 'izmir', firstDay: '2026-11-21' });
  second.newestToken = first.newestToken;
  await second.segment();
  await second.segment({ stamped: false });
  return archive;
}

async function hours(chain: ChainWriter, count: number, records?: readonly RawRecord[]): Promise<string[]> {
  const folders: string[] = [];
  for (let i = 0; i < count; i++) folders.push(await chain.segment(records ? { records } : {}));
  return folders;
}
