import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile, syncFolder, writeSynced } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import { type DayManifest, SEAL_FILES, type SegmentManifest } from '@logmaster/core/evidence/manifest';
import type { Signer, TimestampAuthority } from './contracts.ts';
import { type FileDigest, hashStream } from './file-digest.ts';
import { encodeDayManifest, encodeSegmentManifest, sha256Hex } from './manifest-codec.ts';
import { encodeSeal } from './seal-text.ts';

/** What the sealer knows; the rest of the manifest (format, algorithms, signer) is filled in. */
export type SegmentManifestInput = Omit<SegmentManifest, 'format' | 'version' | 'algorithms' | 'signer'>;
/** The digests of the day's files are computed from the folder. */
export type DayManifestInput = Omit<DayManifest, 'format' | 'version' | 'signer' | 'files'>;

export interface Sealed<M> {
  readonly manifest: M;
  /** SHA-256 of manifest.json (or day.json), hex: what the next manifest names as `previous` (`previous_day`). */
  readonly manifestSha256: string;
  /** SHA-256 of seal.sha256, 32 bytes: what a time-stamp is asked for. */
  readonly sealDigest: Buffer;
}

/**
 * Seals a folder that holds a finished, fsynced records.log.zst: writes manifest.json, manifest.sig, signer.pem and
 * seal.sha256, each fsynced, then fsyncs the folder. Overwrites what an interrupted seal left. Throws INTERNAL when
 * records.log.zst is not the file the manifest describes.
 */
export async function sealSegment(options: {
  readonly folder: string;
  readonly manifest: SegmentManifestInput;
  readonly signer: Signer;
}): Promise<Sealed<SegmentManifest>> {
  const records = await digestOf(options.folder, SEAL_FILES.records);
  const described = options.manifest.records.zst;
  if (records.sha256 !== described.sha256 || records.bytes !== described.bytes) {
    throw new AppError('INTERNAL', {
      detail: `${SEAL_FILES.records} in ${options.folder} is not what the manifest describes`,
    });
  }
  const manifest: SegmentManifest = {
    format: 'logmaster-segment',
    version: 1,
    ...options.manifest,
    algorithms: {
      hash: 'sha256',
      merkle: 'rfc6962-sha256',
      signature: 'rsa-3072-pkcs1v15-sha256',
      compression: 'zstd',
    },
    signer: options.signer.fingerprint,
  };
  const names = [SEAL_FILES.manifest, SEAL_FILES.manifestSignature] as const;
  const sealed = await writeSeal(options, names, encodeSegmentManifest(manifest), [[SEAL_FILES.records, records]]);
  return { manifest, ...sealed };
}

/**
 * The same for a packed day: the folder holds records.log.zst, segments.jsonl and, when there is one, events.parquet,
 * all fsynced. The day's period must hold its segments' periods whole.
 */
export async function sealDay(options: {
  readonly folder: string;
  readonly day: DayManifestInput;
  readonly signer: Signer;
}): Promise<Sealed<DayManifest>> {
  const records = await digestOf(options.folder, SEAL_FILES.records);
  const segments = await digestOf(options.folder, SEAL_FILES.segments);
  const events = (await isThere(path.join(options.folder, SEAL_FILES.events)))
    ? await digestOf(options.folder, SEAL_FILES.events)
    : null;
  const manifest: DayManifest = {
    format: 'logmaster-day',
    version: 1,
    ...options.day,
    files: { 'records.log.zst': records, 'segments.jsonl': segments, 'events.parquet': events },
    signer: options.signer.fingerprint,
  };
  const names = [SEAL_FILES.day, SEAL_FILES.daySignature] as const;
  const sealed = await writeSeal(options, names, encodeDayManifest(manifest), [
    [SEAL_FILES.records, records],
    [SEAL_FILES.segments, segments],
    ...(events ? [[SEAL_FILES.events, events] as const] : []),
  ]);
  return { manifest, ...sealed };
}

/**
 * Stamps seal.sha256 and writes seal.tsr (temporary file, fsync, rename, fsync of the folder). Throws what the
 * authority throws (TSA_UNAVAILABLE, TSA_REFUSED) and leaves the folder as it was.
 */
export async function stampFolder(
  folder: string,
  tsa: TimestampAuthority,
): Promise<{ readonly token: Buffer; readonly tokenSha256: string }> {
  const seal = await readFile(path.join(folder, SEAL_FILES.seal));
  const token = await tsa.stamp(hash('sha256', seal, 'buffer'));
  await replaceFile(path.join(folder, SEAL_FILES.token), token, { mode: 0o644 });
  return { token, tokenSha256: sha256Hex(token) };
}

async function writeSeal(
  { folder, signer }: { readonly folder: string; readonly signer: Signer },
  [manifestName, signatureName]: readonly [string, string],
  manifest: Buffer,
  data: readonly (readonly [string, FileDigest])[],
): Promise<{ manifestSha256: string; sealDigest: Buffer }> {
  const signature = await signer.sign(manifest);
  const certificate = Buffer.from(signer.certificatePem);
  const small = [
    [manifestName, manifest],
    [signatureName, signature],
    [SEAL_FILES.signer, certificate],
  ] as const;
  const seal = encodeSeal([
    ...small.map(([name, bytes]) => [name, sha256Hex(bytes)] as const),
    ...data.map(([name, digest]) => [name, digest.sha256] as const),
  ]);
  for (const [name, bytes] of [...small, [SEAL_FILES.seal, seal] as const]) {
    await writeSynced(path.join(folder, name), bytes, 0o644);
  }
  await syncFolder(folder);
  return { manifestSha256: sha256Hex(manifest), sealDigest: hash('sha256', seal, 'buffer') };
}

function digestOf(folder: string, name: string): Promise<FileDigest> {
  return hashStream(createReadStream(path.join(folder, name)));
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
