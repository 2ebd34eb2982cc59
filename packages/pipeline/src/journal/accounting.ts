import { z } from 'zod';

/**
 * What a collector counted since its last accounting block. Folded into the manifests of the segments whose period
 * holds the block's time. `seen = journaled + sum of dropped`.
 */
const count = z.int().nonnegative();

export const accountingSchema = z.strictObject({
  /** Canonical address of the sender → deltas; `other` when there are more senders than the collector tells apart. */
  sources: z.record(
    z.string(),
    z.strictObject({ seen: count, journaled: count, dropped: z.record(z.string(), count) }),
  ),
  /** truncated, empty, nul, invalid_utf8, bad_octet_count, unterminated, … → records */
  unusual: z.record(z.string(), count),
  /** Jumps of the wall clock over 1 s, either way. */
  clock_steps: count,
});
export type Accounting = z.infer<typeof accountingSchema>;

export const NO_ACCOUNTING: Accounting = { sources: {}, unusual: {}, clock_steps: 0 };

export function encodeAccounting(accounting: Accounting): Buffer {
  return Buffer.from(JSON.stringify(accounting), 'utf8');
}

/** Undefined when a later version wrote something else: its numbers are then missing, its records are not. */
export function decodeAccounting(payload: Buffer): Accounting | undefined {
  try {
    return accountingSchema.safeParse(JSON.parse(payload.toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
