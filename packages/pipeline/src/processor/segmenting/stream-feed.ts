import path from 'node:path';
import type { Micros } from '@logmaster/core/time';
import type { Events } from '@logmaster/telemetry/events';
import type { JournalBlock, StreamPosition } from '../../journal/block.ts';
import { JournalReader } from '../../journal/reader.ts';
import { readerEvents } from '../../journal/reader-events.ts';
import { RecentBlocks } from '../../journal/recent-blocks.ts';
import { writerLockFile } from '../../journal/streams.ts';
import { type FileLock, tryLock } from '../../lock.ts';
import { JournalAudit } from './journal-audit.ts';

/** One journal stream as the segment loop sees it: the next block, and how far time has passed in it. */
export class StreamFeed {
  readonly stream: string;
  private readonly folder: string;
  private readonly reader: JournalReader;
  /** For the index, which follows. */
  readonly recent = new RecentBlocks();
  /** Do its accounting blocks say what it holds? */
  readonly audit: JournalAudit;
  head: JournalBlock | undefined;
  /** Index of the next record in `head`. */
  headIndex = 0;
  /** Everything still to come is stamped later than this. */
  watermark: Micros = 0;
  position: StreamPosition;

  constructor(journalFolder: string, stream: string, from: StreamPosition, events: Events) {
    this.stream = stream;
    this.folder = path.join(journalFolder, stream);
    this.position = from;
    this.audit = new JournalAudit(from);
    const told = readerEvents(events, stream);
    const damaged = (tell: () => void) => {
      this.audit.damaged();
      tell();
    };
    this.reader = new JournalReader(this.folder, from, {
      ...told,
      lost: (range) => damaged(() => told.lost(range)),
      missing: (journal) => damaged(() => told.missing(journal)),
    });
  }

  /** Makes `head` the next block if there is one. */
  async fill(): Promise<JournalBlock | undefined> {
    if (this.head !== undefined) return this.head;
    const block = await this.reader.next();
    this.position =
      this.reader.position.journal > this.position.journal && !block ? this.reader.position : this.position;
    if (block === undefined) return undefined;
    this.head = block;
    this.recent.add(block);
    // Split before a crash: the records before `position.sequence` have been taken.
    const inside = block.journal === this.position.journal && block.offset === this.position.offset;
    this.headIndex = inside ? Math.max(0, Math.min(block.count, this.position.sequence - block.firstSequence)) : 0;
    return block;
  }

  /** Earliest stamp of what is next; undefined when nothing is there. */
  get nextStamp(): Micros | undefined {
    if (this.head === undefined) return undefined;
    if (this.head.type === 'accounting') return this.head.baseMicros;
    const { frames, lastMicros } = this.head;
    return this.headIndex < frames.count ? frames.receivedAt(this.headIndex) : lastMicros;
  }

  /** The first `index` records of `head` are taken. */
  advance(index: number): void {
    const block = this.head as JournalBlock;
    if (index < block.count) {
      this.headIndex = index;
      this.position = { journal: block.journal, offset: block.offset, sequence: block.firstSequence + index };
      return;
    }
    this.watermark = block.lastMicros;
    this.head = undefined;
    this.position = { journal: block.journal, offset: block.end, sequence: block.firstSequence + block.count };
  }

  /** Its writer's lock when no writer lives: nothing will come until it is released. */
  lockIfDead(): FileLock | undefined {
    return tryLock(writerLockFile(this.folder));
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}
