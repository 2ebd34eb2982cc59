import { z } from 'zod';
import { slugSchema } from '../names.ts';

/** Formats of docs/formats/evidence.md. Version 1. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** RFC 3339, µs, UTC. */
const instant = z.iso.datetime({ precision: 6 });
const count = z.int().nonnegative();

/** What happened to the records of one source in the period. seen = journaled + sum of dropped. */
export const sourceAccountSchema = z.strictObject({
  seen: count,
  journaled: count,
  /** reason → records, e.g. `{ "rate-limit": 3 }` */
  dropped: z.record(z.string(), count),
});
export type SourceAccount = z.infer<typeof sourceAccountSchema>;

export const clockStateSchema = z.strictObject({
  /** Who disciplines the clock: `ntp` when the kernel says it is synchronised, else `unsynchronised` or `unknown`. */
  source: z.enum(['ntp', 'unsynchronised', 'unknown']),
  offset_us: z.int().nullable(),
  stratum: z.int().nullable(),
  /** Backward or forward jumps over 1 s seen since the previous manifest. */
  steps: count,
});
export type ClockState = z.infer<typeof clockStateSchema>;

const fileDigest = z.strictObject({ bytes: count, sha256 });

export const segmentManifestSchema = z.strictObject({
  format: z.literal('logmaster-segment'),
  version: z.literal(1),
  origin: z.strictObject({ node: slugSchema, site: slugSchema }),
  /** 1 for the first segment of a chain, then one more each. */
  segment: z.int().positive(),
  /** [from, to): from equals the previous segment's to. */
  period: z.strictObject({ from: instant, to: instant }),
  records: z.strictObject({
    count,
    /** Null in a segment without records. */
    first: z.string().nullable(),
    last: z.string().nullable(),
    text: fileDigest.describe('records.log, uncompressed'),
    zst: fileDigest.describe('records.log.zst'),
  }),
  /** RFC 6962 tree over the record lines. */
  merkle: z.strictObject({ size: count, root: sha256 }),
  /** SHA-256 of the previous manifest.json of the chain; null for segment 1. */
  previous: sha256.nullable(),
  /** SHA-256 of the newest seal.tsr of this node known when this was made; null before the first. */
  newest_token: sha256.nullable(),
  sources: z.record(z.string(), sourceAccountSchema),
  site_mapping: z.int().nonnegative(),
  clock: clockStateSchema,
  software: z.string(),
  algorithms: z.strictObject({
    hash: z.literal('sha256'),
    merkle: z.literal('rfc6962-sha256'),
    signature: z.literal('rsa-3072-pkcs1v15-sha256'),
    compression: z.literal('zstd'),
  }),
  /** SHA-256 of the signer certificate's DER. */
  signer: sha256,
});
export type SegmentManifest = z.infer<typeof segmentManifestSchema>;

const base64 = z.base64();

/** A line of segments.jsonl: the exact bytes of the segment's small files and where its records lie. */
export const packedSegmentSchema = z.strictObject({
  segment: z.int().positive(),
  manifest: base64,
  signature: base64,
  signer: base64,
  seal: base64,
  token: base64.nullable(),
  /** Place of the segment's zstd frames in the day's records.log.zst. */
  offset: count,
  length: count,
});
export type PackedSegment = z.infer<typeof packedSegmentSchema>;

export const dayManifestSchema = z.strictObject({
  format: z.literal('logmaster-day'),
  version: z.literal(1),
  origin: z.strictObject({ node: slugSchema, site: slugSchema }),
  /** UTC day. */
  day: z.iso.date(),
  period: z.strictObject({ from: instant, to: instant }),
  segments: z.strictObject({ count, first: z.int().positive().nullable(), last: z.int().positive().nullable() }),
  records: z.strictObject({ count, text: fileDigest }),
  files: z.strictObject({
    'records.log.zst': fileDigest,
    'segments.jsonl': fileDigest,
    'events.parquet': fileDigest.nullable(),
  }),
  /** RFC 6962 tree whose leaves are the segments' roots (32 raw bytes each), in order. */
  merkle: z.strictObject({ size: count, root: sha256 }),
  /** SHA-256 of the previous packed day's day.json; null for the first. */
  previous_day: sha256.nullable(),
  /** SHA-256 of the last manifest.json of the day; null only when the chain has none yet. */
  last_manifest: sha256.nullable(),
  newest_token: sha256.nullable(),
  software: z.string(),
  signer: sha256,
});
export type DayManifest = z.infer<typeof dayManifestSchema>;

/** File names of a sealed folder. */
export const SEAL_FILES = {
  records: 'records.log.zst',
  manifest: 'manifest.json',
  manifestSignature: 'manifest.sig',
  signer: 'signer.pem',
  seal: 'seal.sha256',
  token: 'seal.tsr',
  segments: 'segments.jsonl',
  events: 'events.parquet',
  day: 'day.json',
  daySignature: 'day.sig',
} as const;

/** `<node>-<segment number, 8 digits>` */
export function segmentFolderName(node: string, segment: number): string {
  return `${node}-${String(segment).padStart(8, '0')}`;
}

/** `<site>/<yyyy>/<mm>/<dd>` */
export function dayFolder(site: string, day: string): string {
  return `${site}/${day.replaceAll('-', '/')}`;
}
