import type { Micros } from '@logmaster/core/time';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../../fault.ts';
import { readClockState } from '../../sealer/clock-state.ts';
import { boundaryAfter, closeAt } from '../../segments/boundaries.ts';
import type { SegmentLayout } from '../../segments/layout.ts';
import { readNewestToken } from '../../segments/newest-token.ts';
import { writePlan } from '../../segments/plan.ts';
import type { Positions } from '../../segments/positions.ts';
import type { SiteTable } from './site-table.ts';

export interface CloseOptions {
  readonly node: string;
  readonly layout: SegmentLayout;
  readonly segmentSeconds: number;
  /** Text bytes at which a segment is closed before its time. */
  readonly segmentBytes: number;
  readonly events: Events;
  readonly fault: Fault;
}

/** A boundary that all streams have passed. */
export interface Closing {
  readonly boundary: Micros;
  /** Everything before this moment has been read: silent periods up to it are closed in one. */
  readonly known: Micros;
  /** The boundary is there for oversized segments. */
  readonly forced: boolean;
  readonly positions: Positions;
  /** Version of the mapping by which records are routed now. */
  readonly siteMapping: number;
}

/**
 * Closes the segments that end at the boundary, leaves a durable plan of each for the sealer, and opens the next ones.
 * @returns where the last of them ends; 0 when none was closed
 */
export async function closeSegments(sites: SiteTable, closing: Closing, options: CloseOptions): Promise<Micros> {
  const { boundary, known, forced, positions, siteMapping } = closing;
  const { node, layout, segmentSeconds, segmentBytes, events, fault } = options;
  const clock = await readClockState();
  const newestToken = await readNewestToken(layout.newestToken);
  let closedTo: Micros = 0;
  for (const site of sites.names) {
    const open = sites.get(site);
    if (open === undefined || open.from >= boundary) continue;
    const due = boundaryAfter(open.from, segmentSeconds) <= boundary;
    if (!due && !(forced && open.textBytes >= segmentBytes)) continue;
    const to = due ? closeAt(open.from, known, segmentSeconds) : boundary;
    const plan = await open.close({ node, to, positions, siteMapping, newestToken, clock });
    fault('segment-finished');
    await writePlan(layout, plan);
    fault('plan-written');
    await open.advance(to);
    const { segment, records } = plan.manifest;
    events.emit('segment_planned', { site, segment, records: records.count });
    closedTo = Math.max(closedTo, to);
  }
  return closedTo;
}
