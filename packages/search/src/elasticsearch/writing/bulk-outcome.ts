import { z } from 'zod';

const errorSchema = z.object({ type: z.string(), reason: z.string().nullish() });
export const bulkAnswerSchema = z.object({
  errors: z.boolean(),
  items: z
    .array(z.object({ index: z.object({ _id: z.string(), status: z.int(), error: errorSchema.optional() }) }))
    .default([]),
});
type BulkAnswer = z.infer<typeof bulkAnswerSchema>;

/** Why a document was not taken. */
export interface Rejection {
  readonly id: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * What became of the items of one bulk request.
 * - `busy`: the server had no room for it just now; ask again.
 * - `away`: the index can't take anything now; nothing about the document is wrong.
 * - `refused`: this document will never be taken as it is.
 */
export interface BulkOutcome {
  readonly busy: readonly Rejection[];
  readonly away: readonly Rejection[];
  readonly refused: readonly Rejection[];
}

/** Only these say something about the document; with any other the record must stay pending and not be set aside. */
const REFUSALS: ReadonlySet<string> = new Set([
  'document_parsing_exception',
  'mapper_parsing_exception',
  'strict_dynamic_mapping_exception',
  'max_bytes_length_exceeded_exception',
]);

function kindOf(status: number, type: string): keyof BulkOutcome {
  // before the status: the flood-stage block of a full disk answers 429, and asking again soon is of no use
  if (type === 'cluster_block_exception') return 'away';
  if (status === 429) return 'busy';
  // a term that is too long is an illegal argument; so is a limit of the cluster, such as too many shards
  if (REFUSALS.has(type)) return 'refused';
  return 'away';
}

export function readOutcome({ errors, items }: BulkAnswer): BulkOutcome {
  const outcome = { busy: [] as Rejection[], away: [] as Rejection[], refused: [] as Rejection[] };
  if (!errors) return outcome;
  for (const { index } of items) {
    if (index.error === undefined) continue;
    const { type, reason } = index.error;
    outcome[kindOf(index.status, type)].push({ id: index._id, type, reason: reason ?? '' });
  }
  return outcome;
}
