import { listSites, readChain } from '../../segments/chain.ts';
import type { Checkpoint, SiteCheckpoint } from '../../segments/checkpoint.ts';
import type { SegmentLayout } from '../../segments/layout.ts';
import { readPlans } from '../../segments/plan.ts';

/**
 * Where each site's open segment stands after a crash. A plan or a sealed segment is newer than the checkpoint when it
 * has the checkpoint's segment number or a higher one: then the next segment is open, and it is empty. The sealer may be
 * at work meanwhile: it forgets a plan only when the checkpoint's segment is a later one.
 */
export async function recoverSites(
  layout: SegmentLayout,
  checkpoint: Checkpoint,
): Promise<ReadonlyMap<string, SiteCheckpoint>> {
  const sites = new Map<string, SiteCheckpoint>(Object.entries(checkpoint.sites));
  for (const site of await listSites(layout)) {
    const plans = await readPlans(layout, site);
    const chain = await readChain(layout, site);
    const closed = plans.map((plan) => ({
      segment: plan.manifest.segment,
      to: plan.to,
      positions: plan.positions,
    }));
    if (chain !== undefined) closed.push(chain.last);
    const newest = closed.reduce<(typeof closed)[number] | undefined>(
      (best, one) => (best === undefined || one.segment > best.segment ? one : best),
      undefined,
    );
    if (newest === undefined || newest.segment < (sites.get(site)?.segment ?? 1)) continue;
    sites.set(site, {
      segment: newest.segment + 1,
      from: newest.to,
      zst: 0,
      positions: newest.positions,
      dropped: {},
      clock_steps: 0,
    });
  }
  return sites;
}
