import { z } from 'zod';
import { TRANSPORTS } from '../record.ts';

const perSecond = z.number().nonnegative();

/** What became of the records of one sender or one socket: seen = journaled + sum of dropped. */
const tallySchema = z.object({
  /** Counted when they arrived. */
  seen: z.int(),
  /** Counted when an fdatasync had covered them. */
  journaled: z.int(),
  /** Reason → records. */
  dropped: z.record(z.string(), z.int()),
});

export const sourceStateSchema = tallySchema.extend({
  /** Of the sender; `unknown` for what the kernel dropped, `other` for senders beyond those that are listed. */
  address: z.string(),
  /** Name of the device with that address, where one is known. Ingest does not know it, web does. */
  device: z.string().nullable().optional(),
  /** Seen, over the last half minute. */
  per_second: perSecond,
});
export type SourceState = z.infer<typeof sourceStateSchema>;

export const socketStateSchema = tallySchema.extend({
  transport: z.enum(TRANSPORTS),
  port: z.int(),
  /** Null for UDP. */
  connections: z.int().nullable(),
  /** Receive buffer as net.core.rmem_max counts it, and datagrams lost for want of it. Null for what is no UDP. */
  buffer_bytes: z.int().nullable(),
  kernel_drops: z.int().nullable(),
});
export type SocketState = z.infer<typeof socketStateSchema>;

/** What is journaled and not yet in the index. */
export const backlogSchema = z.object({
  records: z.int(),
  /** Of the journal; within one journal file estimated from its records. */
  bytes: z.int(),
  /** Since the oldest of them was received. */
  oldest_seconds: z.number(),
  /** Over the last half minute. */
  arriving_per_second: perSecond,
  leaving_per_second: perSecond,
  /** Until nothing is left if both rates stay; null when it does not drain. */
  drain_seconds: z.number().nullable(),
});
export type Backlog = z.infer<typeof backlogSchema>;

/**
 * `received`: seen = journaled + dropped, of a source, a socket or the node. `journal`: what the collector counted as
 * journaled = what the processor reads from the journal, of a source in a stream. `indexed`: journaled = indexed +
 * quarantined + pending, of a stream.
 */
export const IDENTITIES = ['received', 'journal', 'indexed'] as const;

export const brokenIdentitySchema = z.object({
  identity: z.enum(IDENTITIES),
  /** Whose: `node`, `source 10.0.0.1`, `socket udp`, `stream node1.w0`, … */
  of: z.string(),
  /** Left side less right side, in records. */
  difference: z.int(),
});
export type BrokenIdentity = z.infer<typeof brokenIdentitySchema>;

export const identitiesSchema = z.object({
  /** What does not add up now; at most 100. */
  broken: z.array(brokenIdentitySchema),
  /** How often one broke since the start; each counts once until it holds again. */
  breaks: z.int(),
  /** How many are looked at, each second. */
  watched: z.int(),
});
export type Identities = z.infer<typeof identitiesSchema>;
