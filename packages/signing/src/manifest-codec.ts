import { hash } from 'node:crypto';
import {
  type DayManifest,
  dayManifestSchema,
  type PackedSegment,
  packedSegmentSchema,
  type SegmentManifest,
  segmentManifestSchema,
} from '@logmaster/core/evidence/manifest';

/**
 * Bytes of manifest.json, day.json and segments.jsonl. Manifests are JSON with an indent of two spaces, keys in the
 * order of the schema, map keys (sources, reasons) sorted, and one LF at the end: the same manifest always gives the
 * same bytes, and a person can read them. What is signed and hashed are the bytes, so a reader never re-encodes.
 */

/** The bytes of manifest.json. Throws ZodError. */
export function encodeSegmentManifest(manifest: SegmentManifest): Buffer {
  return pretty(segmentManifestSchema.parse(manifest));
}

/** The bytes of day.json. Throws ZodError. */
export function encodeDayManifest(manifest: DayManifest): Buffer {
  return pretty(dayManifestSchema.parse(manifest));
}

/** A line of segments.jsonl with its LF. */
export function encodePackedSegment(segment: PackedSegment): Buffer {
  return Buffer.from(`${JSON.stringify(packedSegmentSchema.parse(segment))}\n`);
}

/** Throws SyntaxError or ZodError. */
export function parseSegmentManifest(bytes: Uint8Array): SegmentManifest {
  return segmentManifestSchema.parse(parseJson(bytes));
}

/** Throws SyntaxError or ZodError. */
export function parseDayManifest(bytes: Uint8Array): DayManifest {
  return dayManifestSchema.parse(parseJson(bytes));
}

/** `line` without LF. Throws SyntaxError or ZodError. */
export function parsePackedSegment(line: Uint8Array): PackedSegment {
  return packedSegmentSchema.parse(parseJson(line));
}

export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function pretty(manifest: SegmentManifest | DayManifest): Buffer {
  const sorted =
    'sources' in manifest
      ? {
          ...manifest,
          sources: sortKeys(manifest.sources, (account) => ({ ...account, dropped: sortKeys(account.dropped) })),
        }
      : manifest;
  return Buffer.from(`${JSON.stringify(sorted, undefined, 2)}\n`);
}

function sortKeys<T>(map: Readonly<Record<string, T>>, value: (item: T) => T = (item) => item): Record<string, T> {
  const entries = Object.entries(map).map(([key, item]): [string, T] => [key, value(item)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
