import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '@logmaster/core/clock';
import type { CoverageDirectory } from '@logmaster/core/coverage/window';
import type { ParserDirectory } from '@logmaster/core/custom-parsers/parser-set';
import type { DeviceDirectory, SiteMapping } from '@logmaster/core/devices';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { RawRecord } from '@logmaster/core/record';
import { createColumnParser } from '@logmaster/parsers/column-parser';
import type { RecordParser } from '@logmaster/parsers/contracts';
import type { CustomParsers } from '@logmaster/parsers/custom/custom-parsers';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import type { PackedDayCatalogue } from '@logmaster/search/packed-days';
import type { ReplayStore, SearchStore } from '@logmaster/search/store';
import type { Events } from '@logmaster/telemetry/events';
import { type Fault, noFault } from '../fault.ts';
import { JournalLookup } from '../journal/find-record.ts';
import { journalFileName, listJournals } from '../journal/streams.ts';
import { type FileLock, lockWithin } from '../lock.ts';
import { Loops } from '../loop.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { type Positions, positionIn } from '../segments/positions.ts';
import { AttemptFile } from './attempt-file.ts';
import { BatchWriter } from './batch-writer.ts';
import { CarefulIndex } from './careful-index.ts';
import { ClockWatch } from './clock-watch.ts';
import { Coverage } from './coverage.ts';
import { CoverageReporter } from './coverage-reporter.ts';
import { IndexLoop } from './index-loop.ts';
import { MappingPoller } from './mapping-poller.ts';
import { NodeEnrichment } from './node-enrichment.ts';
import { openCustomParsers } from './open-custom-parsers.ts';
import { PackedDays } from './packed-days.ts';
import { ParserPoller } from './parser-poller.ts';
import { Quarantine } from './quarantine.ts';
import { Reparse } from './reparse.ts';
import { ReparseFiles } from './reparse-files.ts';
import { Replay } from './replay.ts';
import { ReplayFiles } from './replay-files.ts';
import { type SealedEvents, sealedEvents } from './sealed-events.ts';
import { SegmentLoop } from './segment-loop.ts';
import { Sightings } from './sightings.ts';

export interface ProcessorOptions {
  readonly node: string;
  readonly journalFolder: string;
  readonly segmentsFolder: string;
  readonly archiveFolder: string;
  readonly store: SearchStore & ReplayStore & PackedDayCatalogue;
  readonly directory: DeviceDirectory | undefined;
  /** Where it is kept how devices are parsed; undefined without a database. */
  readonly coverage?: CoverageDirectory | undefined;
  readonly parserDirectory?: ParserDirectory | undefined;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly segmentSeconds: number;
  /** MaxMind DB files of countries and networks; their first word on a matter counts. */
  readonly geoipFiles?: readonly string[];
  readonly events: Events;
  /** Something that can't be tried again: the process should end and be started anew. */
  readonly onFatal: (error: unknown) => void;
  /** The lives before this one ended without progress: one record may be the reason. */
  readonly careful?: boolean;
  readonly segmentBytes?: number;
  readonly flushBytes?: number;
  readonly flushSeconds?: number;
  readonly fault?: Fault;
  /** Between two looks for days that the sealer has packed, ms. */
  readonly packedDaysMs?: number;
  /** Between two looks for requests to replay or to parse again, ms. */
  readonly replayMs?: number;
  /** Between two reports of how devices are parsed, ms. */
  readonly coverageMs?: number;
}

const SEGMENT_BYTES = 256 * 1024 * 1024;
const FLUSH_BYTES = 1024 * 1024;
const FLUSH_SECONDS = 30;
const MAPPING_MS = 2000;
/** Between two looks at a journal that had nothing new: as long as its commit. */
const FOLLOW_MS = 100;
const PACKED_DAYS_MS = 3000;
const REPLAY_MS = 1000;
const COVERAGE_MS = 15_000;
const CLOCKS_MS = 15_000;
/** Between two looks whether GeoIP files have changed. */
const GEOIP_MS = 5000;
const LOCK_MS = 5000;

/** What follows the journal of one node: its records into open segments and into the index. One at a time under a local lock. */
export class Processor implements Lifecycle {
  readonly name = 'processor';
  readonly segments: SegmentLoop;
  readonly index: IndexLoop;
  readonly quarantine: Quarantine;
  readonly poller: MappingPoller;
  readonly customParsers: CustomParsers;
  private readonly parserPoller: ParserPoller;
  readonly packedDays: PackedDays;
  /** Undefined without a database. */
  readonly coverage: CoverageReporter | undefined;
  readonly clocks: ClockWatch;
  readonly enrichment: NodeEnrichment;
  private readonly replay: Replay;
  private readonly reparse: Reparse;
  private readonly options: ProcessorOptions;
  private readonly layout: SegmentLayout;
  private readonly parser: RecordParser;
  private sealed: { readonly mapping: SiteMapping; readonly eventOf: SealedEvents } | undefined;
  private readonly lookup: JournalLookup;
  private readonly loops: Loops;
  private lock: FileLock | undefined;

  constructor(options: ProcessorOptions) {
    this.options = options;
    this.loops = new Loops(options.onFatal);
    const { node, journalFolder, clock, events, fault = noFault, timeZone, store } = options;
    const layout = new SegmentLayout(options.segmentsFolder);
    this.layout = layout;
    const sightings = new Sightings();
    const coverage = new Coverage();
    const mapping = () => this.segments.timeline.newest;
    this.clocks = new ClockWatch({ skews: sightings.skews, mapping, clock, events });
    this.customParsers = openCustomParsers(events);
    this.parser = createRecordParser(this.customParsers);
    this.quarantine = new Quarantine(layout.quarantine);
    this.lookup = new JournalLookup(journalFolder);
    this.enrichment = new NodeEnrichment({
      identityFile: layout.identities,
      geoipFiles: options.geoipFiles ?? [],
      events,
    });
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
    });
    this.index = new IndexLoop({
      journalFolder,
      store,
      parser: createColumnParser(this.customParsers),
      timeline: () => this.segments.timeline,
      taken: () => this.segments.positions,
      recentBlocks: (stream) => this.segments.recentBlocks(stream),
      timeZone,
      writer: new BatchWriter({ store, quarantine: this.quarantine, journal: this.lookup, clock, events }),
      enrichment: this.enrichment,
      sightings,
      coverage,
      events,
      fault,
    });
    this.coverage = options.coverage && new CoverageReporter({ coverage, directory: options.coverage, clock, events });
    this.packedDays = new PackedDays({ layout, archiveFolder: options.archiveFolder, index: store, events, fault });
    this.replay = new Replay({
      files: new ReplayFiles(layout.replay),
      quarantine: this.quarantine,
      store,
      parser: createRecordParser(this.customParsers),
      timeline: () => this.segments.timeline,
      timeZone,
      enrichment: () => this.enrichment.current,
      events,
    });
    this.reparse = new Reparse({
      files: new ReparseFiles(layout.reparse),
      node,
      layout,
      archive: options.archiveFolder,
      store,
      parser: createRecordParser(this.customParsers),
      timeline: () => this.segments.timeline,
      quarantined: () => this.quarantine.records,
      timeZone,
      enrichment: () => this.enrichment.current,
      events,
    });
    this.poller = new MappingPoller({
      directory: options.directory,
      file: path.join(journalFolder, 'site-mapping.json'),
      sightings,
      events,
    });
    this.parserPoller = new ParserPoller({
      directory: options.parserDirectory,
      file: layout.customParsers,
      parsers: this.customParsers,
      events,
    });
  }

  /** Throws DATA_IN_USE with the lock's name when the node has a processor that does not end. */
  async start(): Promise<void> {
    this.lock = await lockWithin(this.layout.processorLock, LOCK_MS);
    await this.quarantine.load();
    await this.enrichment.open();
    await this.segments.recover();
    await this.replay.recover();
    const careful = await CarefulIndex.open({
      file: new AttemptFile(this.layout.attempt),
      journalFolder: this.options.journalFolder,
      asked: this.options.careful ?? false,
    });
    if (careful !== undefined) {
      this.options.events.emit('processor_careful');
      this.index.beCareful(careful);
    }
    const mapping = await this.poller.load();
    if (mapping !== undefined) await this.segments.useMapping(mapping);
    await this.parserPoller.load();
    const changed: { mapping?: Awaited<ReturnType<MappingPoller['poll']>> } = {};
    this.loops.run(FOLLOW_MS, async () => {
      // Between two blocks, because a change of routing needs a definite place.
      if (changed.mapping !== undefined) {
        await this.segments.useMapping(changed.mapping);
        delete changed.mapping;
      }
      return this.segments.step();
    });
    this.loops.run(FOLLOW_MS, () => this.index.step());
    this.loops.run(this.options.packedDaysMs ?? PACKED_DAYS_MS, () => this.packedDays.step());
    const replayMs = this.options.replayMs ?? REPLAY_MS;
    this.loops.run(replayMs, () => this.replay.step());
    this.loops.run(replayMs, () => this.reparse.step());
    const { coverage } = this;
    if (coverage !== undefined) this.loops.run(this.options.coverageMs ?? COVERAGE_MS, () => coverage.step());
    this.loops.run(CLOCKS_MS, async () => {
      this.clocks.look();
      return false;
    });
    this.loops.run(GEOIP_MS, async () => {
      await this.enrichment.poll();
      return false;
    });
    this.loops.run(1000, async () => {
      await this.removeDoneJournals();
      return false;
    });
    this.loops.run(MAPPING_MS, async () => {
      const mapping = await this.poller.poll();
      if (mapping !== undefined) changed.mapping = mapping;
      return false;
    });
    this.loops.run(MAPPING_MS, async () => {
      await this.parserPoller.poll();
      return false;
    });
  }

  async stop(): Promise<void> {
    this.reparse.interrupt();
    await this.loops.stop();
    await this.segments.close();
    await this.index.flushQuietly();
    await this.index.close();
    await this.lookup.close();
    this.lock?.release();
  }

  /** A sealed record as the event that was made of it when it was received. */
  eventOf(record: RawRecord, site: string): FlatEvent {
    const mapping = this.segments.timeline.newest;
    const { parser } = this;
    const enrichment = () => this.enrichment.current;
    if (this.sealed?.mapping !== mapping)
      this.sealed = { mapping, eventOf: sealedEvents(mapping, { ...this.options, parser, enrichment }) };
    return this.sealed.eventOf(record, site);
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
