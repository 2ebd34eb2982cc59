import { setImmediate as breathe } from 'node:timers/promises';
import type { IndexShedState } from '@logmaster/core/api/disk';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { parseRecordId, type RawRecord } from '@logmaster/core/record';
import { type IndexPart, isInRanges, type SheddableIndex, type ShedPart } from '@logmaster/search/sheddable-index';
import type { Events } from '@logmaster/telemetry/events';
import { Backoff } from '../backoff.ts';
import { streamName } from '../journal/streams.ts';
import { Loop } from '../loop.ts';
import { type SealedPlaces, sealedRecords } from '../sealer/sealed-records.ts';
import { listSites, readChain } from '../segments/chain.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import { type Positions, positionIn } from '../segments/positions.ts';
import type { IndexOrders } from './orders.ts';

export interface IndexShedderOptions extends SealedPlaces {
  readonly index: SheddableIndex;
  /** Ids of records that the index refused: they were never in it. */
  readonly quarantined: () => ReadonlySet<string>;
  /** The same parse as when the record was received, for a site of this name. */
  readonly toEvent: (record: RawRecord, site: string) => FlatEvent;
  readonly events: Events;
}

/** Between two looks at what there is to do. */
const IDLE_MS = 250;
/** Records read between two looks at everything else. */
const SLICE = 500;
/** A restore writes about what was taken out, and merges it: this times as much must be free. */
const RESTORE_NEEDS = 2;

/**
 * Takes parts out of the index when told that its disk is short of room, and brings them back from the sealed segments,
 * newest first, when told that there is room again. Only what is sealed may go.
 */
export class IndexShedder implements Lifecycle {
  readonly name = 'index shedder';
  private readonly options: IndexShedderOptions;
  private readonly loop: Loop;
  private readonly backoff = new Backoff(1000, 60_000);
  private orders: IndexOrders = { shedBytes: 0, restoreBytes: 0 };
  private restoring = false;
  private error: string | undefined;
  private stopping = false;

  constructor(options: IndexShedderOptions) {
    this.options = options;
    this.loop = new Loop(
      () => this.step(),
      IDLE_MS,
      (error) => this.failed(error),
    );
  }

  async start(): Promise<void> {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  /** The newest order counts. */
  order(orders: IndexOrders): void {
    this.orders = orders;
  }

  get state(): IndexShedState {
    const parts = this.options.index.shedParts();
    return {
      records: parts.reduce((sum, { records }) => sum + records, 0),
      days: [...new Set(parts.map(({ day }) => day))].sort(),
      restoring: this.restoring,
      ...(this.error === undefined ? {} : { error: this.error }),
    };
  }

  /** Takes a part out or brings one back. False when there was nothing to do. */
  async step(): Promise<boolean> {
    const { shedBytes, restoreBytes } = this.orders;
    try {
      if (shedBytes > 0) return await this.shed(shedBytes);
      if (!this.backoff.ready || !(await this.restoreNewest(restoreBytes))) return false;
      this.backoff.worked();
      this.error = undefined;
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  /** A restore that is under way gives way: its files are not part of the index before all of them are. */
  private get interrupted(): boolean {
    return this.stopping || this.orders.shedBytes > 0;
  }

  private async shed(bytes: number): Promise<boolean> {
    // An order is for the room of one moment; the next reading sees what it has brought.
    this.orders = { shedBytes: 0, restoreBytes: 0 };
    const sealed = await sealedPositions(this.options.layout);
    const part = await this.options.index.shedOldest(bytes, (one) => isSealed(one, sealed));
    if (part === null) return false;
    const { day, records, bytes: freed, sites } = part;
    this.options.events.emit('index_shed', { day, records, bytes: freed, sites: sites.length });
    return true;
  }

  private async restoreNewest(room: number): Promise<boolean> {
    const [part] = this.options.index.shedParts();
    if (part === undefined) return false;
    const needed = part.bytes * RESTORE_NEEDS;
    if (needed > room) return false;
    // What this one takes is no longer there for the next, until there is a new reading.
    this.orders = { shedBytes: 0, restoreBytes: room - needed };
    this.restoring = true;
    try {
      await this.options.index.restore(part, this.eventsOf(part));
    } finally {
      this.restoring = false;
    }
    this.options.events.emit('index_restored', { day: part.day, records: part.records });
    return true;
  }

  private async *eventsOf(part: ShedPart): AsyncGenerator<FlatEvent> {
    const { quarantined, toEvent } = this.options;
    const refused = quarantined();
    let read = 0;
    for (const site of part.sites) {
      const stretch = { site, day: part.day, from: part.receivedFrom, to: part.receivedTo };
      for await (const record of sealedRecords(this.options, stretch)) {
        if (++read % SLICE === 0) await breathe();
        if (this.interrupted) throw new Error('there is something else to do');
        if (isIn(part, record) && !refused.has(record.id)) yield toEvent(record, site);
      }
    }
  }

  private failed(error: unknown): void {
    if (this.interrupted) return;
    this.backoff.failed();
    this.error = error instanceof Error ? error.message : String(error);
    this.options.events.emit('index_restore_failed', { err: error });
  }
}

/** Site → stream → everything before this place is in sealed segments. */
async function sealedPositions(layout: SegmentLayout): Promise<Map<string, Positions>> {
  const positions = new Map<string, Positions>();
  for (const site of await listSites(layout)) {
    const chain = await readChain(layout, site);
    if (chain !== undefined) positions.set(site, chain.last.positions);
  }
  return positions;
}

function isSealed({ sites, ranges }: IndexPart, sealed: ReadonlyMap<string, Positions>): boolean {
  return sites.every((site) => {
    const positions = sealed.get(site);
    if (positions === undefined) return false;
    return ranges.every(({ stream, last }) => {
      const { journal, sequence } = positionIn(positions, stream);
      return last.journal < journal || (last.journal === journal && last.sequence < sequence);
    });
  });
}

function isIn(part: ShedPart, { id }: RawRecord): boolean {
  const parts = parseRecordId(id);
  return parts !== undefined && isInRanges(part.ranges, streamName(parts.node, parts.worker), parts);
}
