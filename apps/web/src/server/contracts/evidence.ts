import { slugSchema } from '@logmaster/core/names';
import { z } from 'zod';

/** What the evidence pages show. Days are UTC days `YYYY-MM-DD`; moments are RFC 3339 with µs, UTC. */

const sha256 = z.string();
const day = z.iso.date();

/** A time-stamp (RFC 3161) as far as it can be read without judging it. */
export const stampSchema = z.object({
  /** False when it comes from the local TSA ("not a legal time-stamp"), or can't be told. */
  legal: z.boolean(),
  /** Subject of the TSA's certificate. */
  authority: z.string(),
  genTime: z.string(),
});
export type Stamp = z.infer<typeof stampSchema>;

export const segmentSummarySchema = z.object({
  siteId: z.string(),
  day,
  node: z.string(),
  segment: z.int(),
  /** Relative to the archive. For a segment of a packed day: the day's folder. */
  folder: z.string(),
  packed: z.boolean(),
  /** [from, to) of received-at. */
  period: z.object({ from: z.string(), to: z.string() }),
  records: z.int(),
  /** Of the text, uncompressed. */
  bytes: z.int(),
  /** Chain: SHA-256 of this manifest and of the one before it; null for the first of the chain. */
  manifest: sha256,
  previous: sha256.nullable(),
  /** Fingerprint of the signing certificate. */
  signer: sha256,
  merkleRoot: sha256,
  siteMapping: z.int(),
  /** Null while the time-stamp is queued. */
  stamp: stampSchema.nullable(),
});
export type SegmentSummary = z.infer<typeof segmentSummarySchema>;

export const sealInputSchema = z.object({
  recordId: z.string().max(200),
  siteId: slugSchema,
  /** `logmaster.received_at`, µs. */
  receivedAt: z.int().nonnegative(),
});
export const sealSchema = z.object({
  /** `pending`: in the open segment; `sealed`: signed, time-stamp queued; `stamped`; `packed`: in its day's folder. */
  state: z.enum(['pending', 'sealed', 'stamped', 'packed']),
  segment: segmentSummarySchema.nullable(),
});
export type SealOfRecord = z.infer<typeof sealSchema>;

export const dayInputSchema = z.object({ siteId: slugSchema, day });
export const folderInputSchema = dayInputSchema.extend({
  node: slugSchema,
  /** Left out: the packed day. */
  segment: z.int().positive().optional(),
});
export type FolderInput = z.infer<typeof folderInputSchema>;

const findingSchema = z.object({
  kind: z.string(),
  severity: z.enum(['failure', 'notice']),
  path: z.string(),
  message: z.string(),
});
/** VerificationReport of packages/signing. */
export const verificationSchema = z.object({
  holds: z.boolean(),
  checked: z.object({
    chains: z.int(),
    segments: z.int(),
    days: z.int(),
    records: z.int(),
    bytes: z.int(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    tokens: z.int(),
    authorities: z.array(z.object({ name: z.string(), local: z.boolean(), tokens: z.int() })),
  }),
  findings: z.array(findingSchema),
});

export const calendarInputSchema = z.object({ siteId: slugSchema, month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) });
export const calendarDaySchema = z.object({
  day,
  /** `open`: today, still being written; `sealed`: segments, not packed yet; `packed`: its own folder and seal. */
  state: z.enum(['none', 'open', 'sealed', 'packed']),
  segments: z.int(),
  records: z.int(),
  /** Of the text, uncompressed. */
  bytes: z.int(),
  /** Seals (of segments, or of the packed day) whose time-stamp is still queued. */
  unstamped: z.int(),
  /** All its time-stamps are legal ones; null when it has none. */
  legal: z.boolean().nullable(),
  /** Folders whose manifest can't be read: verify them. */
  damaged: z.int(),
});
export type CalendarDay = z.infer<typeof calendarDaySchema>;
export const calendarSchema = z.object({ siteId: z.string(), month: z.string(), days: z.array(calendarDaySchema) });

/** The packed day of one node: its own manifest and seal. */
export const packedDaySchema = z.object({
  node: z.string(),
  folder: z.string(),
  manifest: sha256,
  previousDay: sha256.nullable(),
  records: z.int(),
  bytes: z.int(),
  signer: sha256,
  stamp: stampSchema.nullable(),
});
export type PackedDaySummary = z.infer<typeof packedDaySchema>;
export const daySchema = z.object({
  siteId: z.string(),
  day,
  state: calendarDaySchema.shape.state,
  packed: z.array(packedDaySchema),
  /** By node, then segment number. */
  segments: z.array(segmentSummarySchema),
  /** Folders whose manifest can't be read, relative to the archive. */
  damaged: z.array(z.string()),
});
export type EvidenceDay = z.infer<typeof daySchema>;

export const evidenceSitesSchema = z.array(
  z.object({
    id: z.string(),
    /** Null for a folder of the archive whose site the database does not know. */
    name: z.string().nullable(),
    firstDay: day.nullable(),
    lastDay: day.nullable(),
  }),
);

export const signersSchema = z.object({
  /** SHA-256 of the certificate, lower-case hex; null before the first start of ingest. */
  fingerprint: sha256.nullable(),
  tsa: z.object({
    /** True: stamps are for trying out, not legal time-stamps. */
    local: z.boolean(),
    name: z.string(),
  }),
});
