import { z } from 'zod';
import { ecsEventSchema } from '../event/event.ts';
import { slugSchema } from '../names.ts';
import { MAX_RECORD_BYTES } from '../record.ts';

/** Edge contract of custom parsers: REST (`/api/v1/parsers…`), OpenAPI, tRPC and CLI share it. */

/** Checked where it is compiled, so that every fault of it is told at once. */
const definition = z.record(z.string(), z.unknown()).describe('A ParserDefinition');
const version = z.int().positive();

export const parserNameSchema = z.object({ name: slugSchema });
export const parserRefSchema = z.object({ name: slugSchema, version });
/** Left out: the active version, else the newest. */
export const parserVersionRefSchema = z.object({
  name: slugSchema,
  version: z.coerce.number().int().positive().optional(),
});

export const parserSummarySchema = z
  .object({
    name: slugSchema,
    /** Null: it is not in use. */
    active_version: version.nullable(),
    newest_version: version,
    description: z.string(),
    /** Of the newest version. */
    author: z.string(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Parser' });
export type ParserSummary = z.infer<typeof parserSummarySchema>;

export const parserListSchema = z.object({ parsers: z.array(parserSummarySchema) }).meta({ id: 'Parsers' });

export const parserVersionSchema = z
  .object({
    name: slugSchema,
    version,
    active: z.boolean(),
    author: z.string(),
    created_at: z.iso.datetime(),
    definition,
  })
  .meta({ id: 'ParserVersion' });
export type ParserVersion = z.infer<typeof parserVersionSchema>;

export const parserVersionListSchema = z
  .object({ versions: z.array(parserVersionSchema).describe('Newest first') })
  .meta({ id: 'ParserVersions' });

export const saveParserSchema = z
  .object({
    definition,
    activate: z.boolean().default(true).describe('Use it at once; false: an active version stays in use'),
  })
  .meta({ id: 'SaveParser' });

export const activateParserSchema = z.object({ version }).meta({ id: 'ActivateParser' });

export const tryParserSchema = z
  .object({
    definition,
    device: z.uuid().optional().describe('Id of a device: its newest records'),
    records: z.array(z.string().max(MAX_RECORD_BYTES)).min(1).max(1000).optional().describe('Raw records'),
    limit: z.int().min(1).max(1000).default(100),
  })
  .refine(({ device, records }) => (device === undefined) !== (records === undefined), 'name either device or records')
  .meta({ id: 'TryParser' });
export type TryParser = z.infer<typeof tryParserSchema>;

export const parserTrialSchema = z
  .object({
    totals: z.object({
      records: z.int(),
      matched: z.int(),
      unmatched: z.int(),
      /** Took longer than a record may. */
      slow: z.int(),
    }),
    /** The definition took too much time or memory: the last records were not tried. */
    stopped: z.boolean(),
    results: z.array(
      z.object({
        matched: z.boolean(),
        /** What was taken, under the names of the definition, in order. */
        captures: z.array(z.object({ name: z.string(), value: z.string() })),
        event: ecsEventSchema,
        errors: z.array(z.string()),
        microseconds: z.int(),
        slow: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ParserTrial' });
export type ParserTrial = z.infer<typeof parserTrialSchema>;
