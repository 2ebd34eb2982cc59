import type { Clock } from '@logmaster/core/clock';
import type { SiteMapping } from '@logmaster/core/devices';
import type { Micros } from '@logmaster/core/time';
import { SOFTWARE } from '@logmaster/core/version';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../../fault.ts';
import { replaceFile } from '../../files.ts';
import type { StreamPosition } from '../../journal/block.ts';
import type { RecentBlocks } from '../../journal/recent-blocks.ts';
import { boundaryAfter, closeAt } from '../../segments/boundaries.ts';
import { readCheckpoint, type SiteCheckpoint, writeCheckpoint } from '../../segments/checkpoint.ts';
import type { SegmentLayout } from '../../segments/layout.ts';
import { earliest, type Positions } from '../../segments/positions.ts';
import { MappingTimeline } from '../routing/mapping-timeline.ts';
import { BlockViews } from './block-views.ts';
import { closeSegments } from './close-segments.ts';
import type { JournalAudit } from './journal-audit.ts';
import { recoverSites } from './recover-sites.ts';
import { SiteTable } from './site-table.ts';
import type { StreamFeed } from './stream-feed.ts';
import { StreamFeeds } from './stream-feeds.ts';

export interface SegmentLoopOptions {
  readonly node: string;
  readonly journalFolder: string;
  /** Where copies of the site mapping are kept. */
  readonly mappingFolder: string;
  readonly layout: SegmentLayout;
  readonly clock: Clock;
  readonly segmentSeconds: number;
  /** Text bytes at which a segment is closed before its time. */
  readonly segmentBytes: number;
  readonly flushBytes: number;
  readonly flushSeconds: number;
  readonly events: Events;
  readonly fault: Fault;
}

/** Between two looks for new streams, and two checkpoints. */
const EVERY_MS = 1000;

/**
 * Reads every journal stream into the open segments of the records' sites and closes them at boundaries. A boundary
 * is closed when all streams have passed it, so a period holds exactly the records stamped inside it. Nothing here
 * waits for index, database, archive or TSA. Calls don't overlap: the owner calls `step` again and again.
 */
export class SegmentLoop {
  private readonly options: SegmentLoopOptions;
  private readonly feeds: StreamFeeds;
  private start: Positions = {};
  private sites: SiteTable;
  private timelineOrNone: MappingTimeline | undefined;
  private listedAt = Number.NEGATIVE_INFINITY;
  private checkpointAt = 0;
  private lastCheckpoint = '';
  /** Where an oversized segment ends. */
  private sizeBoundary: Micros | undefined;
  /** What the newest durable checkpoint needs of the journal. */
  durable: Positions = {};
  /** Newest moment before which everything is in a closed segment. */
  closedTo: Micros = 0;

  constructor(options: SegmentLoopOptions) {
    this.options = options;
    this.feeds = new StreamFeeds(options);
    this.sites = new SiteTable(options);
  }

  get timeline(): MappingTimeline {
    if (this.timelineOrNone === undefined) throw new Error('the segment loop has not recovered yet');
    return this.timelineOrNone;
  }

  get siteNames(): string[] {
    return this.sites.names;
  }

  /** How far the streams have been read; the index may not overtake it, because routing is decided here. */
  get positions(): Positions {
    return this.feeds.positions;
  }

  /** Do the accounting blocks of a stream say what it holds? */
  audits(): ReadonlyMap<string, JournalAudit> {
    return this.feeds.audits();
  }

  /** Blocks that segments have just read, for the index. */
  recentBlocks(stream: string): RecentBlocks | undefined {
    return this.feeds.recentBlocks(stream);
  }

  /** µs since the oldest boundary that should have been closed; 0 when none is due. */
  overdue(now: Micros): Micros {
    const boundary = this.nextBoundary();
    return Number.isFinite(boundary) ? Math.max(0, now - boundary) : 0;
  }

  async recover(): Promise<void> {
    const { layout, mappingFolder } = this.options;
    const checkpoint = await readCheckpoint(layout.checkpoint);
    const sites = await recoverSites(layout, checkpoint);
    this.timelineOrNone = await MappingTimeline.open(mappingFolder, checkpoint.mappings);
    for (const [site, state] of sites) await this.sites.open(site, state);
    this.start = earliest([checkpoint.positions, ...[...sites.values()].map((state) => state.positions)]);
    await this.listFeeds();
    await replaceFile(layout.siteMapping, JSON.stringify(this.timeline.newest));
    await this.checkpoint();
  }

  /** One block, or one boundary. False when there was nothing to do. */
  async step(): Promise<boolean> {
    // The wall clock may jump; how often is a matter of the monotonic one.
    const now = performance.now();
    if (now - this.listedAt >= EVERY_MS) await this.listFeeds();
    const boundary = this.nextBoundary();
    const feed = await this.feeds.earliest();
    const stamp = feed?.nextStamp;
    let worked = false;
    if (feed !== undefined && stamp !== undefined && stamp < boundary) {
      await this.take(feed, boundary);
      worked = true;
    } else if (await this.closeIfPassed(boundary)) {
      worked = true;
    }
    await this.sites.flushDue();
    if (now - this.checkpointAt >= EVERY_MS) await this.checkpoint();
    return worked;
  }

  /** Newest copy of the mapping, durable before it routes a record. */
  async useMapping(mapping: SiteMapping): Promise<boolean> {
    if (!(await this.timeline.add(mapping, this.positions))) return false;
    await replaceFile(this.options.layout.siteMapping, JSON.stringify(mapping));
    await this.openKnownSites();
    await this.checkpoint();
    this.options.events.emit('mapping_changed', { version: mapping.version });
    return true;
  }

  /** At shutdown: flushes everything; the segments stay open. */
  async close(): Promise<void> {
    await this.sites.flushAll();
    await this.checkpoint();
    await this.sites.closeFiles();
    await this.feeds.close();
  }

  async checkpoint(): Promise<void> {
    const positions = this.positions;
    const sites: Record<string, SiteCheckpoint> = await this.sites.checkpoint(positions);
    const value = {
      format: 'logmaster-checkpoint' as const,
      version: 1 as const,
      software: SOFTWARE,
      positions,
      sites,
      mappings: this.timeline.record,
    };
    this.checkpointAt = performance.now();
    const text = JSON.stringify(value);
    if (text === this.lastCheckpoint) return;
    await writeCheckpoint(this.options.layout.checkpoint, value);
    this.lastCheckpoint = text;
    this.options.fault('checkpoint-written');
    this.durable = earliest([positions, ...Object.values(sites).map((site) => site.positions)]);
  }

  private async listFeeds(): Promise<void> {
    this.listedAt = performance.now();
    await this.feeds.openNew(this.start);
    await this.openKnownSites();
  }

  /** Chains begin where nothing earlier can come any more. */
  private async openKnownSites(): Promise<void> {
    await this.sites.openKnown(this.timeline.newest, this.feeds.horizon(), this.positions);
  }

  private nextBoundary(): Micros {
    const { segmentSeconds } = this.options;
    const regular = this.sites.starts.map((from) => boundaryAfter(from, segmentSeconds));
    return Math.min(...regular, this.sizeBoundary ?? Number.POSITIVE_INFINITY);
  }

  /** Takes what the feed's block holds before the boundary. */
  private async take(feed: StreamFeed, boundary: Micros): Promise<void> {
    const block = feed.head;
    if (block === undefined) return;
    const place = (index: number): StreamPosition => ({
      journal: block.journal,
      offset: block.offset,
      sequence: block.firstSequence + index,
    });
    const mapping = this.timeline;
    if (block.type === 'accounting') {
      const ownerOf = (address: string) => mapping.ownerOf(address, feed.stream, place(0)).site;
      await this.sites.account(block.accounting, feed.stream, place(0), ownerOf);
      feed.audit.accounting(block);
      if (block.accounting.clock_steps > 0) this.options.events.emit('clock_stepped', {}, block.accounting.clock_steps);
      feed.advance(0);
      return;
    }
    let index = feed.headIndex;
    const positions = this.positions;
    const here = () => place(index);
    const raw = () => block.frames.raw(index);
    const before = () => ({ ...positions, [feed.stream]: here() });
    const { frames } = block;
    const views = new BlockViews(`${feed.stream}.${block.journal}.`, block.firstSequence, frames);
    for (; index < block.count && frames.receivedAt(index) < boundary; index++) {
      const source = frames.source(index);
      const owner = mapping.ownerAt(source, feed.stream, here, raw);
      if (this.sites.get(owner.site) === undefined) {
        await this.sites.begin(owner.site, Math.min(this.feeds.horizon(), frames.receivedAt(index)), before());
      }
      this.sites.append(owner.site, feed.stream, here, views.at(index), before);
    }
    feed.audit.records(block, feed.headIndex, index);
    feed.advance(index);
    const full = this.sites.oversized(this.options.segmentBytes);
    if (full && this.sizeBoundary === undefined) this.sizeBoundary = this.sites.newest + 1;
  }

  private async closeIfPassed(boundary: Micros): Promise<boolean> {
    if (!Number.isFinite(boundary)) return false;
    const { segmentSeconds } = this.options;
    const known = await this.feeds.passed(boundary, (moment) => closeAt(boundary - 1, moment, segmentSeconds));
    if (known === undefined) return false;
    const forced = this.sizeBoundary === boundary;
    const { positions, timeline } = this;
    const closing = { boundary, known, forced, positions, siteMapping: timeline.newest.version };
    this.closedTo = Math.max(this.closedTo, await closeSegments(this.sites, closing, this.options));
    if (forced) this.sizeBoundary = undefined;
    return true;
  }
}
