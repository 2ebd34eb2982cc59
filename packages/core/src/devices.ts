import { z } from 'zod';
import { slugSchema } from './names.ts';

/** SHA-256 of a certificate (DER) in lower-case hex. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);

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
    }),
  ),
});
export type SiteMapping = z.infer<typeof siteMappingSchema>;

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
}

/** Implemented by packages/db; the pipeline is given one. Both calls throw DATABASE_UNAVAILABLE. */
export interface DeviceDirectory {
  loadMapping(): Promise<SiteMapping>;
  report(sightings: readonly DeviceSighting[]): Promise<void>;
}
