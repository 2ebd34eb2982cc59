import { z } from 'zod';
import { backlogSchema, identitiesSchema, socketStateSchema, sourceStateSchema } from './accounting.ts';
import { diskStateSchema } from './disk.ts';

/** `GET /api/v1/health` and the ingest sidecar's `GET /health`. */
export const partHealthSchema = z.object({
  name: z.string(),
  state: z.enum(['ok', 'degraded', 'down']),
  /** One English sentence when the state is not ok. */
  reason: z.string().optional(),
  /** What `reason` says, for programs and for the pages, which translate it: a code of HEALTH_REASONS or of ERRORS. */
  code: z.string().optional(),
  /** What stands in the sentence. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Seconds the part is behind, where it can be. */
  lag_seconds: z.number().optional(),
});
export type PartHealth = z.infer<typeof partHealthSchema>;

export const healthSchema = z
  .object({ state: z.enum(['ok', 'degraded', 'down']), parts: z.array(partHealthSchema) })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

/**
 * `GET /pipeline` of the ingest sidecar: the numbers of the two identities and every counter of unusual input, since
 * `started_at`. Seen, journaled and dropped are as of one accounting block of each worker (one a second), so that they add
 * up exactly. Each side of an identity is counted by another part, from another thing: see docs/accounting.md.
 */
export const pipelineStateSchema = z
  .object({
    node: z.string(),
    /** seen = journaled + dropped. Seen: counted when a record arrived, or the kernel said that it dropped one. */
    seen: z.int(),
    /** Durable: counted from the blocks that an fdatasync covered. */
    journaled: z.int(),
    dropped: z.record(z.string(), z.int()),
    /** journaled = indexed + quarantined + pending. Indexed: counted from the batches that the store committed. */
    indexed: z.int(),
    quarantined: z.int(),
    /** Records of the journal files behind the place up to which the index says that it has all. */
    pending: z.int(),
    /** Records with something unusual: truncated, empty, nul, invalid_utf8, bad_octet_count, unterminated, … */
    unusual: z.record(z.string(), z.int()),
    sealed: z.object({ segments: z.int(), records: z.int(), unstamped: z.int() }),
    lag_seconds: z.object({ index: z.number(), seal: z.number() }),
    connections: z.int(),
    /** Records taken, by transport. */
    received: z.record(z.string(), z.int()).optional(),
    /** Receive buffer of the UDP port, as net.core.rmem_max counts it, and datagrams the kernel dropped for want of it. */
    udp: z.object({ asked_bytes: z.int(), granted_bytes: z.int(), kernel_drops: z.int() }).optional(),
    /** The 1000 senders with the most records, and `other` for the rest. */
    sources: z.array(sourceStateSchema),
    sockets: z.array(socketStateSchema),
    backlog: backlogSchema,
    identities: identitiesSchema,
    /** Receiving processes, and how often one had to be started again. */
    workers: z.object({ configured: z.int(), listening: z.int(), restarts: z.int() }).optional(),
    /** Room on the disks, and what was given up for it. */
    disk: diskStateSchema.optional(),
    started_at: z.string(),
  })
  .meta({ id: 'PipelineState' });
export type PipelineState = z.infer<typeof pipelineStateSchema>;
