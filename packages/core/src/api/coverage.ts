import { z } from 'zod';
import { coverageCountsSchema } from '../coverage/counts.ts';
import { baselineSchema, driftSchema } from '../coverage/drift.ts';

/** Edge contract of how devices are parsed: REST, the command and OpenAPI share it. */

const instant = z.iso.datetime();
const score = z.number().nullable().describe('Records parsed whole, of all; 0 to 1; null where there are none');

const driftStateSchema = z
  .object({
    since: instant,
    kinds: driftSchema.shape.kinds,
    score: z.number(),
    usual_score: z.number(),
    missing_fields: z.array(z.string()),
  })
  .nullable()
  .describe('How parsing has fallen against what is usual for the device; null when it has not');

export const coverageParamsSchema = z.object({
  hours: z.coerce.number().int().min(1).max(840).default(24).describe('How far back'),
});

/** `GET /api/v1/devices/{id}/coverage`. */
export const restCoverageSchema = z
  .object({
    device: z.object({ id: z.string(), name: z.string(), address: z.string() }),
    score,
    ...coverageCountsSchema.pick({ ok: true, partial: true, failed: true, raw: true, parsers: true }).shape,
    hours: z.array(z.object({ hour: instant, score, ok: z.int(), partial: z.int(), failed: z.int(), raw: z.int() })),
    fields: z
      .array(z.object({ name: z.string(), first_seen: instant, last_seen: instant }))
      .describe('Every field and label ever seen, to the hour'),
    errors: coverageCountsSchema.shape.errors,
    other_errors: z.int(),
    patterns: coverageCountsSchema.shape.patterns.describe(
      'Texts that no parser knows, what differs masked as *, with the id of one such record',
    ),
    other_patterns: z.int(),
    baseline: baselineSchema.nullable().describe('What is usual for the device; null while too little is known'),
    drift: driftStateSchema,
    accepted_at: instant.nullable(),
  })
  .meta({ id: 'DeviceCoverage' });
export type RestCoverage = z.infer<typeof restCoverageSchema>;

/** `GET /api/v1/coverage`. */
export const restCoverageListSchema = z
  .object({
    devices: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        address: z.string(),
        site: z.string().nullable(),
        records: z.int(),
        score,
        usual_score: z.number().nullable(),
        drift: driftStateSchema,
      }),
    ),
  })
  .meta({ id: 'CoverageList' });
export type RestCoverageList = z.infer<typeof restCoverageListSchema>;
