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

/** What the answer to a search does not say of itself. */
export const searchNoticeSchema = z
  .object({
    /** Records that may match are out of the index, because the disk is short of room; the evidence has them. */
    code: z.enum(['INDEX_SHED']),
    /** When they were received: UTC days `YYYY-MM-DD`, oldest first. */
    days: z.array(z.string()),
  })
  .meta({ id: 'SearchNotice' });
export type SearchNotice = z.infer<typeof searchNoticeSchema>;

export const searchResponseSchema = z
  .object({
    total: z.object({ value: z.int(), exact: z.boolean() }),
    records: z.array(ecsEventSchema),
    after: z.string().nullable(),
    took_ms: z.number(),
    notices: z.array(searchNoticeSchema).describe('What `total` and `records` lack; empty as a rule'),
  })
  .meta({ id: 'SearchResponse' });
export type SearchResponse = z.infer<typeof searchResponseSchema>;
