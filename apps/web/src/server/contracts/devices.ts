import { fingerprintSchema } from '@logmaster/core/devices';
import { displayNameSchema, slugSchema } from '@logmaster/core/names';
import { z } from 'zod';

const name = displayNameSchema;
const id = z.uuid();
/** What the asker saw; someone else's change since then is a CONFLICT. Left out: no check. */
const revision = z.int().nonnegative().optional();

export const deviceSchema = z.object({
  id,
  /** Canonical IP text. */
  address: z.string(),
  name: z.string(),
  status: z.enum(['pending', 'approved', 'rejected']),
  siteId: z.string().nullable(),
  siteName: z.string().nullable(),
  vendor: z.string().nullable(),
  product: z.string().nullable(),
  hostname: z.string().nullable(),
  /** SHA-256 of its TLS client certificate, lower-case hex. */
  certificate: z.string().nullable(),
  /** IANA zone of stamps that carry none; null: its site's. */
  timeZone: z.string().nullable(),
  /** What its clock is ahead of ours, ms; null where its records carry no time. */
  clockSkewMs: z.number().nullable(),
  firstSeen: z.date(),
  lastSeen: z.date(),
  records: z.number(),
  revision: z.int(),
});

export const deviceListInputSchema = z.object({
  status: z.enum(['pending', 'approved', 'rejected']).optional(),
  /** Part of the name, address, host name or vendor. */
  q: z.string().max(200).optional(),
});
export const deviceListSchema = z.object({
  devices: z.array(deviceSchema),
  /** Of all devices, whatever is filtered. */
  counts: z.object({ pending: z.int(), approved: z.int(), rejected: z.int() }),
});

export const deviceRefSchema = z.object({ id, revision });
export const approveInputSchema = deviceRefSchema.extend({ name, siteId: slugSchema });
export const renameInputSchema = deviceRefSchema.extend({ name });
/** As people copy it: hex digits, perhaps with colons, spaces and capitals. */
const fingerprint = z
  .string()
  .max(200)
  .transform((text) =>
    text
      .replace(/^sha-?256[:= ]?/i, '')
      .replace(/[:\s]/g, '')
      .toLowerCase(),
  )
  .pipe(fingerprintSchema);
export const certificateInputSchema = deviceRefSchema.extend({ certificate: fingerprint.nullable() });
export const timeZoneInputSchema = deviceRefSchema.extend({ timeZone: z.string().max(64).nullable() });
export const assignInputSchema = deviceRefSchema.extend({ siteId: slugSchema });

export const siteSchema = z.object({
  id: slugSchema,
  name: z.string(),
  timeZone: z.string(),
  /** Approved devices. */
  devices: z.int(),
});
export const siteListSchema = z.array(siteSchema);
const timeZone = z.string().max(64);
export const createSiteInputSchema = z.object({
  name,
  /** Left out: made from the name. It names a folder of the archive and never changes. */
  id: slugSchema.optional(),
  timeZone: timeZone.default('Europe/Istanbul'),
});
export const renameSiteInputSchema = z.object({ id: slugSchema, name, timeZone: timeZone.optional() });
