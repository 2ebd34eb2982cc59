import { z } from 'zod';
import { ecsEventSchema } from '../event/event.ts';

/** Edge contract of searches: REST (`/api/v1/search`), OpenAPI and tRPC share it. */

const instant = z.iso.datetime({ offset: true }).describe('RFC 3339 with offset');

export const searchParamsSchema = z.object({
  q: z.string().max(8192).default('').describe('Lucene syntax; empty finds everything'),
  from: instant.optional().describe('First moment (inclusive) of @timestamp'),
  to: instant.optional().describe('End (exclusive) of @timestamp'),
  size: z.coerce.number().int().min(1).max(1000).default(50),
  after: z.string().max(512).optional().describe('Cursor of the previous page'),
});
export type SearchParams = z.infer<typeof searchParamsSchema>;

export const searchResponseSchema = z
  .object({
    total: z.object({ value: z.int(), exact: z.boolean() }),
    records: z.array(ecsEventSchema),
    after: z.string().nullable(),
    took_ms: z.number(),
  })
  .meta({ id: 'SearchResponse' });
export type SearchResponse = z.infer<typeof searchResponseSchema>;
