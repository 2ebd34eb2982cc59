import { searchNoticeSchema } from '@logmaster/core/api/search';
import type { FlatEvent } from '@logmaster/core/event/event';
import { isFieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import type { SearchField } from '@logmaster/search/store';
import { z } from 'zod';

/** What the explorer asks and gets. Moments go in as RFC 3339 with offset, come out as µs since 1970 (`FlatEvent`). */

const instant = z.iso.datetime({ offset: true });
/** What the answer lacks. */
const notices = z.array(searchNoticeSchema);
const text = z.string().max(8192).default('');

/** A field of the table or `labels.<key>`. */
export const fieldSchema = z
  .string()
  .max(200)
  .refine(
    (name) => isFieldName(name) || (name.startsWith(LABEL_PREFIX) && name.length > LABEL_PREFIX.length),
    'no such field',
  )
  .transform((name) => name as SearchField);

/** `@timestamp` in [from, to); open where left out. */
export const querySchema = z.object({ q: text, from: instant.optional(), to: instant.optional() });
export const boundedQuerySchema = z.object({ q: text, from: instant, to: instant });

/** Checked for shape alone: the types of each field are the index's promise. */
export const flatEventSchema: z.ZodType<FlatEvent> = z
  .record(z.string(), z.union([z.string(), z.number(), z.record(z.string(), z.string())]))
  .transform((event) => event as FlatEvent);

export const pageInputSchema = querySchema.extend({
  size: z.int().min(1).max(1000).default(100),
  /** Cursor of the previous page. */
  after: z.string().max(512).nullish(),
});
export const pageSchema = z.object({
  events: z.array(flatEventSchema),
  after: z.string().nullable(),
  tookMs: z.number(),
  notices,
});

export const countSchema = z.object({ value: z.int(), exact: z.boolean(), tookMs: z.number(), notices });

export const histogramInputSchema = boundedQuerySchema.extend({
  /** At most this many; the interval is the nearest round one. */
  buckets: z.int().min(1).max(500).default(60),
  stackBy: fieldSchema.optional(),
});
export const histogramSchema = z.object({
  intervalMicros: z.int(),
  from: z.int(),
  to: z.int(),
  buckets: z.array(
    z.object({
      from: z.int(),
      count: z.int(),
      /** Value of the `stackBy` field → count; '' stands for records without it. */
      stacks: z.record(z.string(), z.int()),
    }),
  ),
  tookMs: z.number(),
  notices,
});

export const topInputSchema = querySchema.extend({ field: fieldSchema, size: z.int().min(1).max(100).default(10) });
const valuesSchema = z.array(z.object({ value: z.string(), count: z.int() }));
export const topSchema = z.object({
  values: valuesSchema,
  /** Records that have the field, with a value not listed. */
  other: z.int(),
  /** Records without the field. */
  missing: z.int(),
  tookMs: z.number(),
  notices,
});

export const recordInputSchema = z.object({ id: z.string().max(200) });

export const suggestInputSchema = querySchema.extend({
  field: fieldSchema,
  prefix: z.string().max(200).default(''),
  size: z.int().min(1).max(50).default(10),
});
/** Values of the field that begin with the prefix, most frequent first. */
export const suggestSchema = z.object({ values: valuesSchema });
