import type { SiteMapping } from '@logmaster/core/devices';
import { UNASSIGNED_SITE } from '@logmaster/core/names';
import { RECORD_FLAGS } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { RecordView } from '@logmaster/signing/record-line';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../../fault.ts';
import type { Accounting } from '../../journal/accounting.ts';
import type { StreamPosition } from '../../journal/block.ts';
import type { SiteCheckpoint } from '../../segments/checkpoint.ts';
import type { SegmentLayout } from '../../segments/layout.ts';
import type { Positions } from '../../segments/positions.ts';
import { SiteSegments } from '../../segments/site-segments.ts';

interface SiteTableOptions {
  readonly layout: SegmentLayout;
  readonly flushBytes: number;
  readonly flushSeconds: number;
  readonly events: Events;
  readonly fault: Fault;
}

/** The open segments of all sites of this node. */
export class SiteTable {
  private readonly options: SiteTableOptions;
  private readonly sites = new Map<string, SiteSegments>();

  constructor(options: SiteTableOptions) {
    this.options = options;
  }

  get names(): string[] {
    return [...this.sites.keys()];
  }

  get starts(): Micros[] {
    return [...this.sites.values()].map((site) => site.from);
  }

  get(site: string): SiteSegments | undefined {
    return this.sites.get(site);
  }

  async open(site: string, state: SiteCheckpoint): Promise<void> {
    this.sites.set(site, await SiteSegments.open(this.options.layout, site, state));
  }

  /** Begins the chain of a site that has none. */
  async begin(site: string, from: Micros, positions: Positions): Promise<void> {
    if (this.sites.has(site)) return;
    await this.open(site, { segment: 1, from, zst: 0, positions, dropped: {}, clock_steps: 0 });
  }

  /** Silent sites have a chain too: their silence is signed. */
  async openKnown(mapping: SiteMapping, from: Micros, positions: Positions): Promise<void> {
    for (const site of [UNASSIGNED_SITE, ...mapping.sites.map(({ id }) => id)]) await this.begin(site, from, positions);
  }

  append(site: string, stream: string, place: () => StreamPosition, record: RecordView, before: () => Positions): void {
    const open = this.sites.get(site) as SiteSegments;
    if (open.skips(stream) && !open.isNew(stream, place())) return;
    if (record.receivedAt >= open.from) {
      open.append(record, before);
      return;
    }
    this.options.events.emit('record_late', { site, stream });
    // Letters are in alphabetical order, and this is the first of them.
    const flags = record.flags.includes(RECORD_FLAGS.clockHeld) ? record.flags : RECORD_FLAGS.clockHeld + record.flags;
    open.append({ ...record, receivedAt: open.from, flags }, before);
  }

  async account(accounting: Accounting, stream: string, place: StreamPosition, ownerOf: (address: string) => string) {
    for (const [source, { dropped }] of Object.entries(accounting.sources)) {
      const open = this.sites.get(ownerOf(source)) ?? this.sites.get(UNASSIGNED_SITE);
      if (open?.isNew(stream, place)) open.account(source, dropped);
    }
    if (accounting.clock_steps === 0) return;
    for (const open of this.sites.values()) if (open.isNew(stream, place)) open.addClockSteps(accounting.clock_steps);
  }

  /** Latest received-at in any open segment. */
  get newest(): Micros {
    return Math.max(0, ...[...this.sites.values()].map((site) => site.newest));
  }

  oversized(bytes: number): boolean {
    for (const open of this.sites.values()) if (open.textBytes >= bytes) return true;
    return false;
  }

  /** One frame for each site that has enough, or has waited long enough. */
  async flushDue(): Promise<void> {
    const now = performance.now();
    const { flushBytes, flushSeconds, fault } = this.options;
    for (const open of this.sites.values()) {
      if (open.pendingBytes === 0) continue;
      const old = now - open.pendingSince >= flushSeconds * 1000;
      if (open.pendingBytes < flushBytes && !old) continue;
      await open.flush();
      fault('segment-flushed');
    }
  }

  async flushAll(): Promise<void> {
    for (const open of this.sites.values()) await open.flush();
  }

  async checkpoint(positions: Positions): Promise<Record<string, SiteCheckpoint>> {
    const result: Record<string, SiteCheckpoint> = {};
    for (const [site, open] of this.sites) result[site] = await open.checkpoint(positions);
    return result;
  }

  async closeFiles(): Promise<void> {
    for (const open of this.sites.values()) await open.discard();
  }
}
