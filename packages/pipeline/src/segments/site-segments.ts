import { mkdir } from 'node:fs/promises';
import type { ClockState, SourceAccount } from '@logmaster/core/evidence/manifest';
import type { Micros } from '@logmaster/core/time';
import { microsToRfc3339 } from '@logmaster/core/time';
import { SOFTWARE } from '@logmaster/core/version';
import type { RecordView } from '@logmaster/signing/record-line';
import { removeIfPresent } from '../files.ts';
import { comparePositions, type StreamPosition } from '../journal/block.ts';
import type { SiteCheckpoint } from './checkpoint.ts';
import type { SegmentLayout } from './layout.ts';
import { OpenSegment } from './open-segment.ts';
import type { SegmentPlan } from './plan.ts';
import { type Positions, positionIn } from './positions.ts';

type Dropped = Record<string, Record<string, number>>;

export interface CloseContext {
  readonly node: string;
  readonly to: Micros;
  readonly positions: Positions;
  readonly siteMapping: number;
  readonly newestToken: string | null;
  readonly clock: Omit<ClockState, 'steps'>;
}

/** One site's open segment and what its checkpoint needs to know. */
export class SiteSegments {
  readonly site: string;
  private readonly layout: SegmentLayout;
  segment: number;
  from: Micros;
  private current: OpenSegment;
  private dropped: Dropped;
  private clockSteps: number;
  /** What was true before the first line that is not yet flushed; undefined when all is flushed. */
  private base: Pick<SiteCheckpoint, 'positions' | 'dropped' | 'clock_steps'> | undefined;
  /** After a restart: records of this site before these places are in the file already. */
  private readonly skip: Positions;

  private constructor(layout: SegmentLayout, site: string, state: SiteCheckpoint, current: OpenSegment) {
    this.layout = layout;
    this.site = site;
    this.segment = state.segment;
    this.from = state.from;
    this.current = current;
    this.dropped = structuredClone(state.dropped);
    this.clockSteps = state.clock_steps;
    this.skip = state.positions;
  }

  static async open(layout: SegmentLayout, site: string, state: SiteCheckpoint): Promise<SiteSegments> {
    await mkdir(layout.site(site), { recursive: true });
    if (state.zst === 0) await removeIfPresent(layout.open(site, state.segment));
    const current = await OpenSegment.open(layout.open(site, state.segment), state.zst);
    return new SiteSegments(layout, site, state, current);
  }

  /** Is there anything of this stream that was taken before the restart? */
  skips(stream: string): boolean {
    return this.skip[stream] !== undefined;
  }

  /** False when what stands there was taken before the restart. */
  isNew(stream: string, place: StreamPosition): boolean {
    const skip = this.skip[stream];
    return skip === undefined || comparePositions(place, skip) >= 0;
  }

  get pendingBytes(): number {
    return this.current.pendingBytes;
  }
  get pendingSince(): number {
    return this.current.pendingSince;
  }
  /** Latest received-at in the open segment. */
  get newest(): Micros {
    return this.current.newest;
  }
  get textBytes(): number {
    return this.current.textBytes + this.current.pendingBytes;
  }

  /** @param positions how far the streams had been read before this record. */
  append(record: RecordView, positions: () => Positions): void {
    this.base ??= {
      positions: this.own(positions()),
      dropped: structuredClone(this.dropped),
      clock_steps: this.clockSteps,
    };
    this.current.append(record);
  }

  account(source: string, dropped: Readonly<Record<string, number>>): void {
    const reasons = this.dropped[source] ?? {};
    this.dropped[source] = reasons;
    for (const [reason, records] of Object.entries(dropped)) reasons[reason] = (reasons[reason] ?? 0) + records;
  }

  addClockSteps(steps: number): void {
    this.clockSteps += steps;
  }

  async flush(): Promise<void> {
    await this.current.flush();
    this.base = undefined;
  }

  /** Makes what was flushed durable and says what that is. */
  async checkpoint(positions: Positions): Promise<SiteCheckpoint> {
    await this.current.sync();
    const durable = this.base ?? {
      positions: this.own(positions),
      dropped: structuredClone(this.dropped),
      clock_steps: this.clockSteps,
    };
    return { segment: this.segment, from: this.from, zst: this.current.zstBytes, ...durable };
  }

  /** Ends the segment: its file is durable when this resolves. The next one begins where it ended, after `advance`. */
  async close(context: CloseContext): Promise<SegmentPlan> {
    const { count, first, last, text, zst, merkle } = await this.current.finish();
    return {
      manifest: {
        origin: { node: context.node, site: this.site },
        segment: this.segment,
        period: { from: microsToRfc3339(this.from), to: microsToRfc3339(context.to) },
        records: { count, first, last, text, zst },
        merkle,
        newest_token: context.newestToken,
        sources: this.accounts(),
        site_mapping: context.siteMapping,
        clock: { ...context.clock, steps: this.clockSteps },
        software: SOFTWARE,
      },
      to: context.to,
      positions: this.own(context.positions),
    };
  }

  async advance(to: Micros): Promise<void> {
    this.segment += 1;
    this.from = to;
    this.dropped = {};
    this.clockSteps = 0;
    this.base = undefined;
    this.current = await OpenSegment.open(this.layout.open(this.site, this.segment), 0);
  }

  async discard(): Promise<void> {
    await this.current.close();
  }

  /** While a restart reads the journal again, this site may be ahead of the common positions. */
  private own(positions: Positions): Positions {
    const result: Positions = { ...positions };
    for (const [stream, place] of Object.entries(this.skip)) {
      if (comparePositions(positionIn(positions, stream), place) < 0) result[stream] = place;
    }
    return result;
  }

  private accounts(): Record<string, SourceAccount> {
    const sources: Record<string, SourceAccount> = {};
    for (const [source, journaled] of this.current.journaled)
      sources[source] = { seen: journaled, journaled, dropped: {} };
    for (const [source, dropped] of Object.entries(this.dropped)) {
      const sum = Object.values(dropped).reduce((a, b) => a + b, 0);
      const journaled = sources[source]?.journaled ?? 0;
      if (sum > 0) sources[source] = { seen: journaled + sum, journaled, dropped };
    }
    return sources;
  }
}
