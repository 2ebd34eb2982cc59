import type { Clock } from '@logmaster/core/clock';
import type { Micros } from '@logmaster/core/time';
import type { Events } from '@logmaster/telemetry/events';
import type { RecentBlocks } from '../../journal/recent-blocks.ts';
import { listStreams } from '../../journal/streams.ts';
import type { FileLock } from '../../lock.ts';
import { type Positions, positionIn } from '../../segments/positions.ts';
import { writeFloor } from '../floor.ts';
import type { JournalAudit } from './journal-audit.ts';
import { StreamFeed } from './stream-feed.ts';

export interface StreamFeedsOptions {
  readonly journalFolder: string;
  readonly clock: Clock;
  readonly events: Events;
}

/** A feed of each journal stream, read in the order of the records' stamps. */
export class StreamFeeds {
  private readonly options: StreamFeedsOptions;
  private readonly feeds = new Map<string, StreamFeed>();

  constructor(options: StreamFeedsOptions) {
    this.options = options;
  }

  /** How far the streams have been read. */
  get positions(): Positions {
    return Object.fromEntries([...this.feeds].map(([stream, feed]) => [stream, feed.position]));
  }

  audits(): ReadonlyMap<string, JournalAudit> {
    return new Map([...this.feeds].map(([stream, feed]) => [stream, feed.audit]));
  }

  recentBlocks(stream: string): RecentBlocks | undefined {
    return this.feeds.get(stream)?.recent;
  }

  /** Opens those of streams that are new, each at its place in `start`. */
  async openNew(start: Positions): Promise<void> {
    for (const stream of await listStreams(this.options.journalFolder)) {
      if (this.feeds.has(stream)) continue;
      const from = positionIn(start, stream);
      const feed = new StreamFeed(this.options.journalFolder, stream, from, this.options.events);
      // A chain begins no later than what waits in the journal.
      await feed.fill();
      this.feeds.set(stream, feed);
    }
  }

  /** Before this moment nothing can come any more. */
  horizon(): Micros {
    const stamps = [...this.feeds.values()]
      .map((feed) => feed.nextStamp ?? feed.watermark)
      .filter((stamp) => stamp > 0);
    return stamps.length === 0 ? this.options.clock() : Math.min(...stamps, this.options.clock());
  }

  /** The one with the earliest record that waits. */
  async earliest(): Promise<StreamFeed | undefined> {
    let best: StreamFeed | undefined;
    for (const feed of this.feeds.values()) {
      await feed.fill();
      if (feed.nextStamp === undefined) continue;
      if (best === undefined || feed.nextStamp < (best.nextStamp as Micros)) best = feed;
    }
    return best;
  }

  /**
   * The moment up to which it is known that nothing more comes, when all streams have passed the boundary; undefined when not
   * all have. Where that rests on the death of streams' owners, a durable floor keeps new ones from writing before it.
   * @param floorOf the floor, of that moment
   */
  async passed(boundary: Micros, floorOf: (known: Micros) => Micros): Promise<Micros | undefined> {
    const { clock, journalFolder } = this.options;
    const dead: FileLock[] = [];
    let known = Number.POSITIVE_INFINITY;
    try {
      for (const feed of this.feeds.values()) {
        const next = feed.nextStamp ?? feed.watermark + 1;
        if (next >= boundary) {
          known = Math.min(known, next);
          continue;
        }
        if (clock() < boundary) return undefined;
        const lock = feed.lockIfDead();
        if (lock === undefined) return undefined;
        dead.push(lock);
        // It may have written between the last look and its death.
        if ((await feed.fill()) !== undefined) return undefined;
      }
      if (dead.length === this.feeds.size && clock() < boundary) return undefined;
      if (dead.length > 0 || this.feeds.size === 0) {
        known = Math.min(known, clock());
        await writeFloor(journalFolder, floorOf(known));
      }
    } finally {
      for (const lock of dead) lock.release();
    }
    return known;
  }

  async close(): Promise<void> {
    for (const feed of this.feeds.values()) await feed.close();
  }
}
