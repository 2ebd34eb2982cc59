import path from 'node:path';
import type { SiteMapping } from '@logmaster/core/devices';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createColumnParser } from '@logmaster/parsers/column-parser';
import type { CustomParsers } from '@logmaster/parsers/custom/custom-parsers';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import { noFault } from '../fault.ts';
import { JournalLookup } from '../journal/find-record.ts';
import { type FileLock, lockWithin } from '../lock.ts';
import { Loops } from '../loop.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { ClockWatch } from './clocks/clock-watch.ts';
import { Coverage } from './coverage/coverage.ts';
import { CoverageReporter } from './coverage/coverage-reporter.ts';
import { openCustomParsers } from './custom-parsers/open-custom-parsers.ts';
import { ParserPoller } from './custom-parsers/parser-poller.ts';
import { removeDoneJournals } from './done-journals.ts';
import { NodeEnrichment } from './enrichment/node-enrichment.ts';
import { newestSealedEvents, type SealedEvents } from './events/sealed-events.ts';
import { AttemptFile } from './indexing/attempt-file.ts';
import { BatchWriter } from './indexing/batch-writer.ts';
import { CarefulIndex } from './indexing/careful-index.ts';
import { IndexLoop } from './indexing/index-loop.ts';
import { PackedDays } from './indexing/packed-days.ts';
import type { ProcessorOptions } from './processor-options.ts';
import { Quarantine } from './quarantine/quarantine.ts';
import { Replay } from './quarantine/replay.ts';
import { ReplayFiles } from './quarantine/replay-files.ts';
import { Reparse } from './reparse/reparse.ts';
import { ReparseFiles } from './reparse/reparse-files.ts';
import { MappingPoller } from './routing/mapping-poller.ts';
import { Sightings } from './routing/sightings.ts';
import { SegmentLoop } from './segmenting/segment-loop.ts';

const SEGMENT_BYTES = 256 * 1024 * 1024;
const FLUSH_BYTES = 1024 * 1024;
const FLUSH_SECONDS = 30;
/** Between two looks into the database. */
const DATABASE_MS = 2000;
/** Between two looks at a journal that had nothing new: as long as its commit. */
const FOLLOW_MS = 100;
const PACKED_DAYS_MS = 3000;
const REPLAY_MS = 1000;
const COVERAGE_MS = 15_000;
const CLOCKS_MS = 15_000;
/** Between two looks whether GeoIP files have changed. */
const GEOIP_MS = 5000;
const DONE_JOURNALS_MS = 1000;
const LOCK_MS = 5000;

/** What follows the journal of one node: its records into open segments and into the index. One at a time under a local lock. */
export class Processor implements Lifecycle {
  readonly name = 'processor';
  readonly segments: SegmentLoop;
  readonly index: IndexLoop;
  readonly quarantine: Quarantine;
  readonly poller: MappingPoller;
  readonly customParsers: CustomParsers;
  readonly packedDays: PackedDays;
  /** Undefined without a database. */
  readonly coverage: CoverageReporter | undefined;
  readonly clocks: ClockWatch;
  readonly enrichment: NodeEnrichment;
  /** A sealed record as the event that was made of it when it was received. */
  readonly eventOf: SealedEvents;
  private readonly parserPoller: ParserPoller;
  private readonly replay: Replay;
  private readonly reparse: Reparse;
  private readonly options: ProcessorOptions;
  private readonly layout: SegmentLayout;
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
    const timeline = () => this.segments.timeline;
    const mapping = () => timeline().newest;
    this.clocks = new ClockWatch({ skews: sightings.skews, mapping, clock, events });
    this.customParsers = openCustomParsers(events);
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
      timeline,
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
    const sealed = {
      parser: createRecordParser(this.customParsers),
      timeZone,
      enrichment: () => this.enrichment.current,
      events,
    };
    this.eventOf = newestSealedEvents(mapping, sealed);
    const { quarantine } = this;
    this.replay = new Replay({ ...sealed, files: new ReplayFiles(layout.replay), quarantine, store, timeline });
    this.reparse = new Reparse({
      ...sealed,
      files: new ReparseFiles(layout.reparse),
      node,
      layout,
      archive: options.archiveFolder,
      store,
      timeline,
      quarantined: () => quarantine.records,
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
    await this.beCarefulIfNeeded();
    const mapping = await this.poller.load();
    if (mapping !== undefined) await this.segments.useMapping(mapping);
    await this.parserPoller.load();
    this.runLoops();
  }

  private async beCarefulIfNeeded(): Promise<void> {
    const { journalFolder, careful: asked = false, events } = this.options;
    const careful = await CarefulIndex.open({ file: new AttemptFile(this.layout.attempt), journalFolder, asked });
    if (careful === undefined) return;
    events.emit('processor_careful');
    this.index.beCareful(careful);
  }

  private runLoops(): void {
    const { loops, coverage } = this;
    const { packedDaysMs = PACKED_DAYS_MS, replayMs = REPLAY_MS, coverageMs = COVERAGE_MS } = this.options;
    let changed: SiteMapping | undefined;
    loops.run(FOLLOW_MS, async () => {
      // Between two blocks, because a change of routing needs a definite place.
      const mapping = changed;
      if (mapping !== undefined) {
        await this.segments.useMapping(mapping);
        if (changed === mapping) changed = undefined;
      }
      return this.segments.step();
    });
    loops.run(FOLLOW_MS, () => this.index.step());
    loops.run(packedDaysMs, () => this.packedDays.step());
    loops.run(replayMs, () => this.replay.step());
    loops.run(replayMs, () => this.reparse.step());
    if (coverage !== undefined) loops.run(coverageMs, () => coverage.step());
    loops.every(CLOCKS_MS, () => this.clocks.look());
    loops.every(GEOIP_MS, () => this.enrichment.poll());
    loops.every(DONE_JOURNALS_MS, () => this.removeDoneJournals());
    loops.every(DATABASE_MS, async () => {
      changed = (await this.poller.poll()) ?? changed;
    });
    loops.every(DATABASE_MS, () => this.parserPoller.poll());
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

  /** See `removeDoneJournals`. */
  removeDoneJournals(): Promise<void> {
    const { segments, index } = this;
    return removeDoneJournals({ journalFolder: this.options.journalFolder, segments, index });
  }
}
