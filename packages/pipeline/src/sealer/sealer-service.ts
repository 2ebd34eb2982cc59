import type { Clock } from '@logmaster/core/clock';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import type { PackedDayWriter } from '@logmaster/search/packed-days';
import type { Signer, TimestampAuthority } from '@logmaster/signing/contracts';
import type { Events } from '@logmaster/telemetry/events';
import { type Fault, noFault } from '../fault.ts';
import { type FileLock, lockWithin } from '../lock.ts';
import { Loops } from '../loop.ts';
import { openCustomParsers } from '../processor/custom-parsers/open-custom-parsers.ts';
import { readParserSet } from '../processor/custom-parsers/parser-poller.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { Archive } from './archive.ts';
import { DayPacker } from './day-packer.ts';
import { openPackedEvents } from './packed-events.ts';
import { Sealer } from './sealer.ts';
import { Stamper } from './stamper.ts';

export interface SealerServiceOptions {
  readonly node: string;
  readonly segmentsFolder: string;
  readonly archiveFolder: string;
  readonly signer: Signer;
  readonly tsa: TimestampAuthority;
  readonly days: PackedDayWriter;
  readonly clock: Clock;
  readonly timeZone: string;
  /** As the processor's: packed days are enriched, too. */
  readonly geoipFiles?: readonly string[];
  readonly events: Events;
  /** Something that can't be tried again: the process should end and be started anew. */
  readonly onFatal: (error: unknown) => void;
  readonly fault?: Fault;
  /** Between two looks for days to pack, ms. */
  readonly packMs?: number;
  /** Between two looks for plans, and for those that may be forgotten, ms. */
  readonly lookMs?: number;
}

const LOCK_MS = 5000;
const IDLE_MS = 100;
const LOOK_MS = 1000;
const PACK_MS = 3000;

/**
 * The sealer of a node, by itself: it takes closed segments from their plans under segments/ and needs neither the
 * processor nor index, database or other nodes. One at a time under a local lock.
 */
export class SealerService implements Lifecycle {
  readonly name = 'sealer';
  readonly sealer: Sealer;
  private readonly options: SealerServiceOptions;
  private readonly layout: SegmentLayout;
  private readonly stamper: Stamper;
  private readonly loops: Loops;
  private lock: FileLock | undefined;

  constructor(options: SealerServiceOptions) {
    this.options = options;
    this.loops = new Loops(options.onFatal);
    const { node, signer, clock, events, timeZone, geoipFiles = [], fault = noFault } = options;
    const layout = new SegmentLayout(options.segmentsFolder);
    this.layout = layout;
    const archive = new Archive(options.archiveFolder, layout.archiveMarker);
    const customParsers = openCustomParsers(events);
    const parser = createRecordParser(customParsers);
    this.stamper = new Stamper(options.tsa, layout.newestToken);
    const { stamper } = this;
    const packer = new DayPacker({
      node,
      layout,
      archive,
      signer,
      stamper,
      days: options.days,
      clock,
      fault,
      openParser: async () => {
        customParsers.use(await readParserSet(layout.customParsers));
        return openPackedEvents({ layout, parser, timeZone, geoipFiles, events });
      },
    });
    this.sealer = new Sealer({ node, layout, archive, signer, stamper, packer, clock, events, fault });
  }

  /** Throws DATA_IN_USE with the lock's name when the node has a sealer that does not end. */
  async start(): Promise<void> {
    this.lock = await lockWithin(this.layout.sealerLock, LOCK_MS);
    await this.stamper.load();
    await this.sealer.recover();
    const { sealer } = this;
    const { packMs = PACK_MS, lookMs = LOOK_MS } = this.options;
    this.loops.run(lookMs, () => sealer.takePlans());
    this.loops.run(IDLE_MS, () => sealer.sealNext());
    this.loops.run(IDLE_MS, () => sealer.publishNext());
    this.loops.run(IDLE_MS, () => sealer.stampNext());
    this.loops.run(packMs, () => sealer.packNext());
    this.loops.every(lookMs, () => sealer.forgetDone());
  }

  async stop(): Promise<void> {
    await this.loops.stop();
    this.lock?.release();
  }
}
