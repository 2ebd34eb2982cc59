import { coverageParamsSchema } from '@logmaster/core/api/coverage';
import { coverageCountsSchema } from '@logmaster/core/coverage/counts';
import { baselineSchema, driftSchema } from '@logmaster/core/coverage/drift';
import { z } from 'zod';

export const coverageInputSchema = coverageParamsSchema.extend({ id: z.uuid() });

const driftStateSchema = z.object({
  baseline: baselineSchema.nullable(),
  drift: driftSchema.nullable(),
  driftSince: z.date().nullable(),
  acceptedAt: z.date().nullable(),
});

export const deviceCoverageSchema = driftStateSchema.extend({
  device: z.object({ id: z.string(), name: z.string(), address: z.string() }),
  counts: coverageCountsSchema,
  /** Oldest first, UTC hours; those without a record are left out. */
  hours: z.array(z.object({ hour: z.date(), ok: z.int(), partial: z.int(), failed: z.int(), raw: z.int() })),
  fields: z.array(z.object({ name: z.string(), firstSeen: z.date(), lastSeen: z.date() })),
});

export const coverageListSchema = z.array(
  driftStateSchema.extend({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    siteId: z.string().nullable(),
    ok: z.int(),
    partial: z.int(),
    failed: z.int(),
    raw: z.int(),
  }),
);
