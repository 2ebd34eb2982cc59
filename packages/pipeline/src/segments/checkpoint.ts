import { SOFTWARE } from '@logmaster/core/version';
import { z } from 'zod';
import { readIfPresent, replaceFile } from '../files.ts';
import { positionsSchema } from './positions.ts';

const count = z.int().nonnegative();
const droppedSchema = z.record(z.string(), z.record(z.string(), count));

/** What of a site's open segment is durable. After a crash the file is cut back to it and the journal read again. */
export const siteCheckpointSchema = z.strictObject({
  /** Number of the open segment. */
  segment: z.int().positive(),
  /** µs; start of its period. */
  from: count,
  /** Bytes of its records file. */
  zst: count,
  /** Everything of this site before these places is in the file. */
  positions: positionsSchema,
  /** Source → reason → records, from accounting blocks before `positions`. */
  dropped: droppedSchema,
  clock_steps: count,
});
export type SiteCheckpoint = z.infer<typeof siteCheckpointSchema>;

export const checkpointSchema = z.strictObject({
  format: z.literal('logmaster-checkpoint'),
  version: z.literal(1),
  software: z.string(),
  /** How far the journal has been read into segments. */
  positions: positionsSchema,
  sites: z.record(z.string(), siteCheckpointSchema),
  /** Which copy of the site mapping (file name) applies from which place on. The first applies from the start. */
  mappings: z.array(z.strictObject({ file: z.string(), since: positionsSchema })),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const EMPTY_CHECKPOINT: Checkpoint = {
  format: 'logmaster-checkpoint',
  version: 1,
  software: SOFTWARE,
  positions: {},
  sites: {},
  mappings: [],
};

/** The empty one where none was written yet. Throws when the file is no checkpoint. */
export async function readCheckpoint(file: string): Promise<Checkpoint> {
  const bytes = await readIfPresent(file);
  return bytes === undefined ? EMPTY_CHECKPOINT : checkpointSchema.parse(JSON.parse(bytes.toString()));
}

/** Durable when it resolves. */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  return replaceFile(file, JSON.stringify(checkpoint));
}
