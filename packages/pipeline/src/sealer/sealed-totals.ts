import { readChain } from '../segments/chain.ts';
import type { SegmentLayout } from '../segments/layout.ts';

/** How many segments and records of this node have been sealed, as the chains of its sites say. */
export class SealedTotals {
  private readonly layout: SegmentLayout;
  private readonly bySite = new Map<string, { readonly segments: number; readonly records: number }>();

  constructor(layout: SegmentLayout) {
    this.layout = layout;
  }

  /** Reads a site's chain anew. */
  async count(site: string): Promise<void> {
    const chain = await readChain(this.layout, site);
    if (chain) this.bySite.set(site, { segments: chain.last.segment, records: chain.records });
  }

  get all(): { readonly segments: number; readonly records: number } {
    let segments = 0;
    let records = 0;
    for (const site of this.bySite.values()) {
      segments += site.segments;
      records += site.records;
    }
    return { segments, records };
  }
}
