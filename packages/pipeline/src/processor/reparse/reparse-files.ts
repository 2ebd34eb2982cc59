import { z } from 'zod';
import { readIfPresent, replaceFile } from '../../files.ts';
import { RequestFiles } from '../request-files.ts';

const count = z.int().nonnegative();
const micros = z.int();

/** What a parser may have left to be desired. */
export const REPARSED_STATUSES = ['raw', 'failed', 'partial'] as const;

const request = z.strictObject({
  statuses: z.array(z.enum(REPARSED_STATUSES)).min(1),
  /** Receive times [from, to), µs. */
  from: micros,
  to: micros,
  /** Undefined for all. */
  site: z.string().optional(),
  /** Id, name or address of a device. */
  device: z.string().optional(),
  /** Only counts. */
  dryRun: z.boolean(),
});
export type ReparseRequest = z.infer<typeof request>;

const sums = z.strictObject({
  /** Records with one of the statuses that were looked at. */
  selected: count,
  /** What became of those whose raw record was found, by their new status. */
  after: z.strictObject({ ok: count, partial: count, failed: count, raw: count }),
  /** Events that are in the index in the place of their older ones; none of a dry run. */
  replaced: count,
  /** Not sealed yet: the raw record is in an open segment. */
  unsealed: count,
  /** Received by another node, which has to be asked. */
  elsewhere: count,
});
export type ReparseSums = z.infer<typeof sums>;

export const NO_SUMS: ReparseSums = {
  selected: 0,
  after: { ok: 0, partial: 0, failed: 0, raw: 0 },
  replaced: 0,
  unsealed: 0,
  elsewhere: 0,
};

const unit = z.strictObject({ site: z.string(), day: z.iso.date() });
const failure = unit.extend({ reason: z.string() });

const answer = sums.extend({
  /** Days that were left as they are. */
  failures: z.array(failure),
  /** Why nothing was done. */
  error: z.string().optional(),
});
export type ReparseAnswer = z.infer<typeof answer>;

const progress = answer.extend({
  /** Days that are done, those without such records among them, of how many. */
  done: count,
  days: count,
  /** The last one that is done. */
  last: unit.optional(),
  /** The one under way, and how often it was begun. */
  at: unit.extend({ attempts: count }).optional(),
});
export type ReparseProgress = z.infer<typeof progress>;

/** Requests to parse stored records again. A request that is under way goes on after a restart where it was. */
export class ReparseFiles extends RequestFiles<ReparseRequest, ReparseAnswer> {
  constructor(folder: string) {
    super(folder, { request, answer });
  }

  async progress(name: string): Promise<ReparseProgress | undefined> {
    const bytes = await readIfPresent(this.at(name, 'progress'));
    return bytes && progress.parse(JSON.parse(bytes.toString()));
  }

  async note(name: string, now: ReparseProgress): Promise<void> {
    await replaceFile(this.at(name, 'progress'), JSON.stringify(now));
  }
}
