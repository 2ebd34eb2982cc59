import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '@logmaster/core/clock';
import type { DeviceDirectory } from '@logmaster/core/devices';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { RawRecord } from '@logmaster/core/record';
import { createColumnParser } from '@logmaster/parsers/column-parser';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import type { PackedDayIndex } from '@logmaster/search/packed-days';
import type { SearchStore } from '@logmaster/search/store';
import type { Signer, TimestampAuthority } from '@logmaster/signing/contracts';
import type { Events } from '@logmaster/telemetry/events';
import { type Fault, noFault } from '../fault.ts';
import { journalFileName, listJournals } from '../journal/streams.ts';
import { type FileLock, lock } from '../lock.ts';
import { Loop } from '../loop.ts';
import { Archive } from '../sealer/archive.ts';
import { DayPacker } from '../sealer/day-packer.ts';
import { Sealer } from '../sealer/sealer.ts';
import { Stamper } from '../sealer/stamper.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { type Positions, positionIn } from '../segments/positions.ts';
import { IndexLoop } from './index-loop.ts';
import { MappingPoller } from './mapping-poller.ts';
import { Quarantine } from './quarantine.ts';
import { SegmentLoop } from './segment-loop.ts';
import { Sightings } from './sightings.ts';
import { toEvent } from './to-event.ts';

export interface ProcessorOptions {
  readonly node: string;
  readonly journalFolder: string;
  readonly segmentsFolder: string;
  readonly archiveFolder: string;
  readonly store: SearchStore & PackedDayIndex;
  readonly signer: Signer;
  readonly tsa: TimestampAuthority;
  readonly directory: DeviceDirectory | undefined;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly segmentSeconds: number;
  readonly events: Events;
  /** Something that can't be tried again: the process should end and be started anew. */
  readonly onFatal: (error: unknown) => void;
  readonly segmentBytes?: number;
  readonly flushBytes?: number;
  readonly flushSeconds?: number;
  readonly fault?: Fault;
}

const SEGMENT_BYTES = 256 * 1024 * 1024;
const FLUSH_BYTES = 1024 * 1024;
const FLUSH_SECONDS = 30;
const MAPPING_MS = 2000;
/** Between two looks at a journal that had nothing new: as long as its commit. */
const FOLLOW_MS = 100;
const PACK_MS = 3000;

/** Everything behind the journal: segments, seals, archive and index of one node. */
export class Processor implements Lifecycle {
  readonly name = 'processor';
  readonly segments: SegmentLoop;
  readonly index: IndexLoop;
  readonly sealer: Sealer;
  readonly quarantine: Quarantine;
  readonly poller: MappingPoller;
  private readonly options: ProcessorOptions;
  private readonly layout: SegmentLayout;
  private readonly parser = createRecordParser();
  private readonly stamper: Stamper;
  private readonly loops: Loop[] = [];
  private lock: FileLock | undefined;

  constructor(options: ProcessorOptions) {
    this.options = options;
    const { node, journalFolder, clock, events, signer, fault = noFault, timeZone, store } = options;
    const layout = new SegmentLayout(options.segmentsFolder);
    this.layout = layout;
    const archive = new Archive(options.archiveFolder, layout.archiveMarker);
    const sightings = new Sightings();
    this.stamper = new Stamper(options.tsa, layout.newestToken);
    this.quarantine = new Quarantine(layout.quarantine);
    this.segments = new SegmentLoop({
      node,
      journalFolder,
      mappingFolder: path.join(journalFolder, 'mappings'),
      layout,
      clock,
      segmentSeconds: options.segmentSeconds,
      segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
      flushBytes: options.flushBytes ?? FLUSH_BYTES,
      flushSeconds: options.flushSeconds ?? FLUSH_SECONDS,
      events,
      fault,
      newestToken: () => this.stamper.newest,
      onPlan: (plan) => this.sealer.add(plan),
    });
    this.index = new IndexLoop({
      journalFolder,
      store,
      parser: createColumnParser(createRecordParser()),
      timeline: () => this.segments.timeline,
      taken: () => this.segments.positions,
      recentBlocks: (stream) => this.segments.recentBlocks(stream),
      timeZone,
      quarantine: this.quarantine,
      sightings,
      events,
      fault,
    });
    const packer = new DayPacker({
      node,
      layout,
      archive,
      signer,
      stamper: this.stamper,
      index: store,
      clock,
      fault,
      toEvent: (record, site) => this.eventOf(record, site),
    });
    this.sealer = new Sealer({
      node,
      layout,
      archive,
      signer,
      stamper: this.stamper,
      packer,
      clock,
      events,
      fault,
      checkpointed: (site) => this.segments.checkpointed.get(site),
      openFrom: (site) => this.segments.openFrom(site),
    });
    this.poller = new MappingPoller({
      directory: options.directory,
      file: path.join(journalFolder, 'site-mapping.json'),
      sightings,
      events,
    });
  }

  async start(): Promise<void> {
    this.lock = lock(this.layout.lock, 2000);
    await this.quarantine.load();
    await this.stamper.load();
    await this.sealer.recover(await this.segments.recover());
    const mapping = await this.poller.load();
    if (mapping !== undefined) await this.segments.useMapping(mapping);
    const changed: { mapping?: Awaited<ReturnType<MappingPoller['poll']>> } = {};
    this.run(FOLLOW_MS, async () => {
      // Between two blocks, because a change of routing needs a definite place.
      if (changed.mapping !== undefined) {
        await this.segments.useMapping(changed.mapping);
        delete changed.mapping;
      }
      return this.segments.step();
    });
    this.run(FOLLOW_MS, () => this.index.step());
    this.run(100, () => this.sealer.sealNext());
    this.run(100, () => this.sealer.publishNext());
    this.run(100, () => this.sealer.stampNext());
    this.run(PACK_MS, () => this.sealer.packNext());
    this.run(1000, async () => {
      await this.sealer.forgetDone();
      await this.removeDoneJournals();
      return false;
    });
    this.run(MAPPING_MS, async () => {
      const mapping = await this.poller.poll();
      if (mapping !== undefined) changed.mapping = mapping;
      return false;
    });
  }

  async stop(): Promise<void> {
    for (const loop of this.loops.splice(0)) await loop.stop();
    await this.segments.close();
    await this.index.flushQuietly();
    await this.index.close();
    this.lock?.release();
  }

  /** A sealed record as the event that was made of it when it was received. */
  eventOf(record: RawRecord, site: string): FlatEvent {
    const { timeZone, events } = this.options;
    const owner = this.segments.timeline.newestOwner(record.sourceAddress, site);
    const onParserFailure = (error: unknown) => events.emit('parser_failed', { err: error });
    return toEvent(record, { parser: this.parser, owner, timeZone: owner.timeZone ?? timeZone, onParserFailure });
  }

  private run(idleMs: number, step: () => Promise<boolean>): void {
    const loop = new Loop(step, idleMs, this.options.onFatal);
    this.loops.push(loop);
    loop.start();
  }

  /** Journal files whose records are in durable segments and in the index. The newest of a stream stays. */
  async removeDoneJournals(): Promise<void> {
    const done: Positions = {};
    for (const [stream, indexed] of this.index.positions) {
      const durable = positionIn(this.segments.durable, stream);
      const journal = Math.min(durable.journal, indexed.journal);
      done[stream] = durable.journal <= indexed.journal ? durable : { journal, offset: 0, sequence: 0 };
      const folder = path.join(this.options.journalFolder, stream);
      const journals = await listJournals(folder);
      // A worker that takes over from a dead one counts again what is not accounted for.
      const accounted = this.segments.audits().get(stream)?.accountedJournal ?? journal;
      for (const number of journals.slice(0, -1)) {
        if (number < Math.min(journal, accounted)) await rm(path.join(folder, journalFileName(number)));
      }
    }
    const timeline = this.segments.timeline;
    await timeline.removeFiles(timeline.prune(done));
  }
}
