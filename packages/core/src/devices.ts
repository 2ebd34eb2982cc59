import { z } from 'zod';
import { slugSchema } from './names.ts';

/** SHA-256 of a certificate (DER) in lower-case hex. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Either `network` or `mac` says which thing it is. */
export const assetSchema = z.strictObject({
  name: z.string(),
  /** Canonical IP text, or a block of addresses. */
  network: z.string().optional(),
  /** As ECS writes it: `00-00-5E-00-53-23`. */
  mac: z.string().optional(),
  /** Left out: in every site. */
  siteId: slugSchema.optional(),
});

/**
 * Which site and device a source address belongs to. The database owns it; the processor keeps the newest copy in a
 * file beside the journal, so that receiving and sealing go on while the database is away.
 */
export const siteMappingSchema = z.strictObject({
  /** Grows with every change; stands in each segment manifest. */
  version: z.int().nonnegative(),
  sites: z.array(z.strictObject({ id: slugSchema, name: z.string(), timeZone: z.string() })),
  /** Approved devices only. */
  devices: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Canonical IP text. */
      address: z.string(),
      siteId: slugSchema,
      /** Of its TLS client certificate, if it has one: it is then known by that, wherever it sends from. */
      certificate: fingerprintSchema.optional(),
      /** IANA zone of its stamps that carry none; else its site's. */
      timeZone: z.string().optional(),
    }),
  ),
  /** Things of the network that have a name. Copies of earlier versions have none. */
  assets: z.array(assetSchema).optional(),
});
export type SiteMapping = z.infer<typeof siteMappingSchema>;

/** A clock that is further off is said to be so: what waits in queues and comes with whole seconds stays below. */
export const CLOCK_TOLERANCE_MS = 10_000;

/** Is a device's clock right, by what it was ahead of ours? */
export function clockOf(skewMs: number | null): 'right' | 'ahead' | 'behind' | 'unknown' {
  if (skewMs === null) return 'unknown';
  if (Math.abs(skewMs) <= CLOCK_TOLERANCE_MS) return 'right';
  return skewMs > 0 ? 'ahead' : 'behind';
}

/** What ingest tells the database about a sender, approved or not. Counts are since the last report. */
export interface DeviceSighting {
  readonly address: string;
  readonly records: number;
  /** µs */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Guess from the parsers; null while nothing recognised it. */
  readonly vendor: string | null;
  readonly product: string | null;
  readonly hostname: string | null;
  /** What its clock is ahead of ours, µs: median of its newest records. Null where they carry no time of their own. */
  readonly clockSkew: number | null;
}

/** Implemented by packages/db; the pipeline is given one. Both calls throw DATABASE_UNAVAILABLE. */
export interface DeviceDirectory {
  loadMapping(): Promise<SiteMapping>;
  report(sightings: readonly DeviceSighting[]): Promise<void>;
}
