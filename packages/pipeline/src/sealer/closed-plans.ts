import { listSites, readChain } from '../segments/chain.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import { readPlans, type SegmentPlan } from '../segments/plan.ts';

/** The plans that the processor leaves under segments/, each taken once in this process, in the order of its chain. */
export class ClosedPlans {
  private readonly layout: SegmentLayout;
  /** Newest number taken, by site. */
  private readonly taken = new Map<string, number>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(layout: SegmentLayout) {
    this.layout = layout;
  }

  /** Plans that were not there at the last call. Oldest first within a site. */
  take(): Promise<SegmentPlan[]> {
    const next = this.turn.then(() => this.look());
    this.turn = next.catch(() => undefined);
    return next;
  }

  private async look(): Promise<SegmentPlan[]> {
    const found: SegmentPlan[] = [];
    for (const site of await listSites(this.layout)) {
      let newest = this.taken.get(site);
      for (const plan of await readPlans(this.layout, site, newest)) {
        const { segment } = plan.manifest;
        newest ??= Math.min(segment, (await this.sealed(site)) + 1) - 1;
        // A folder that is read while files are made in it may show a later one and not yet the earlier.
        if (segment !== newest + 1) break;
        newest = segment;
        this.taken.set(site, segment);
        found.push(plan);
      }
    }
    return found;
  }

  private async sealed(site: string): Promise<number> {
    return (await readChain(this.layout, site))?.last.segment ?? 0;
  }
}
