import type { DayManifest, SegmentManifest } from '@logmaster/core/evidence/manifest';

/** What is known of a chain's members once their own folders have been checked; input of the chain checks. */

export interface SegmentNode {
  readonly site: string;
  readonly node: string;
  readonly segment: number;
  /** UTC day of the folder it lies in. */
  readonly day: string;
  /** Absolute path to name when it doesn't fit: its folder, or the segments.jsonl of its day. */
  readonly place: string;
  /** Undefined when it can't be trusted (already reported): it counts as there, but links to it aren't judged. */
  readonly manifest: SegmentManifest | undefined;
  /** Hex SHA-256 of manifest.json. */
  readonly manifestSha256: string | undefined;
  readonly token: TokenLink | undefined;
}

export interface DayNode {
  readonly site: string;
  readonly node: string;
  readonly day: string;
  readonly place: string;
  readonly manifest: DayManifest | undefined;
  readonly manifestSha256: string | undefined;
  readonly token: TokenLink | undefined;
  /** True when its segments could not be read, so that their numbers are unknown. */
  readonly opaque: boolean;
}

export interface TokenLink {
  readonly sha256: string;
  readonly genTimeMs: number | undefined;
}
