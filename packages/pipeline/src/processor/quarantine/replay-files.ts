import { z } from 'zod';
import { RequestFiles } from '../request-files.ts';

const request = z.strictObject({ ids: z.union([z.literal('all'), z.array(z.string())]) });
export type ReplayRequest = z.infer<typeof request>;

const answer = z.strictObject({
  /** In the index now, and no longer in the quarantine. */
  replayed: z.array(z.string()),
  /** Still in the quarantine. */
  failed: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
  /** Asked for, and not in the quarantine. */
  unknown: z.array(z.string()),
});
export type ReplayAnswer = z.infer<typeof answer>;

/** Requests to replay quarantined records. */
export class ReplayFiles extends RequestFiles<ReplayRequest, ReplayAnswer> {
  constructor(folder: string) {
    super(folder, { request, answer });
  }
}
