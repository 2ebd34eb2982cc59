import { crc32 } from 'node:zlib';
import { TRANSPORTS } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import { z } from 'zod';
import { BLOCK_ACCOUNTING, encodeBlockHeader } from './format.ts';

/**
 * What a collector counted since its last accounting block. Folded into the manifests of the segments whose period
 * holds the block's time. `seen = journaled + sum of dropped`.
 */
const count = z.int().nonnegative();

/** What became of the records of one source, or of one socket. `seen = journaled + sum of dropped`. */
const tallySchema = z.strictObject({ seen: count, journaled: count, dropped: z.record(z.string(), count) });
export type Tally = z.infer<typeof tallySchema>;

export const accountingSchema = z.strictObject({
  /** Canonical address of the sender → deltas; `other` when there are more senders than the collector tells apart. */
  sources: z.record(z.string(), tallySchema),
  /** The same by the socket they came to; there is one a transport. */
  sockets: z.partialRecord(z.enum(TRANSPORTS), tallySchema).optional(),
  /** Running totals of the kernel's drops, by UDP socket (inode), that are counted in this block or an earlier one. */
  kernel_drops: z.record(z.string(), count).optional(),
  /** truncated, empty, nul, invalid_utf8, bad_octet_count, unterminated, … → records */
  unusual: z.record(z.string(), count),
  /** Jumps of the wall clock over 1 s, either way. */
  clock_steps: count,
});
export type Accounting = z.infer<typeof accountingSchema>;

/** The block as pieces for one writev. It holds no record and so takes no sequence; `salt` is its file's. */
export function encodeAccountingBlock(
  accounting: Accounting,
  place: { readonly sequence: number; readonly stamp: Micros; readonly salt: number },
): Buffer[] {
  const payload = Buffer.from(JSON.stringify(accounting), 'utf8');
  const header = encodeBlockHeader(
    {
      type: BLOCK_ACCOUNTING,
      payloadLength: payload.length,
      count: 0,
      firstSequence: place.sequence,
      baseMicros: place.stamp,
      payloadCrc: crc32(payload),
    },
    place.salt,
  );
  return [header, payload];
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
