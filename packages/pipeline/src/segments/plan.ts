import { readdir } from 'node:fs/promises';
import { segmentManifestSchema } from '@logmaster/core/evidence/manifest';
import { z } from 'zod';
import { isMissing, readIfPresent, replaceFile } from '../files.ts';
import type { SegmentLayout } from './layout.ts';
import { positionsSchema } from './positions.ts';

/**
 * A closed segment that is not yet in the archive. Written durably before anything of its seal becomes visible; from
 * then on the segment's content is decided, and every restart makes the same folder from it, exactly once. `previous`
 * is missing because the manifest before may not exist yet; it follows from the chain.
 */
export const planSchema = z.strictObject({
  manifest: segmentManifestSchema.omit({
    format: true,
    version: true,
    algorithms: true,
    signer: true,
    previous: true,
  }),
  /** µs; `period.to`. */
  to: z.int().nonnegative(),
  /** Records of the site before these places are in this segment or an earlier one. */
  positions: positionsSchema,
});
export type SegmentPlan = z.infer<typeof planSchema>;

/** Durable when it resolves: the sealer may take it from then on. */
export function writePlan(layout: SegmentLayout, plan: SegmentPlan): Promise<void> {
  return replaceFile(layout.plan(plan.manifest.origin.site, plan.manifest.segment), JSON.stringify(plan));
}

/** Plans of a site with a number above `after`, oldest first. */
export async function readPlans(layout: SegmentLayout, site: string, after = 0): Promise<SegmentPlan[]> {
  const names = await readdir(layout.site(site)).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const numbers = names.map((name) => /^(\d{8})\.plan\.json$/.exec(name)?.[1]).filter((digits) => digits !== undefined);
  const plans: SegmentPlan[] = [];
  for (const segment of numbers.map(Number).sort((a, b) => a - b)) {
    if (segment <= after) continue;
    const bytes = await readIfPresent(layout.plan(site, segment));
    if (bytes !== undefined) plans.push(planSchema.parse(JSON.parse(bytes.toString())));
  }
  return plans;
}
