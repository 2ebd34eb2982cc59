import type { Fault } from '../fault.ts';
import type { Accounting } from './accounting.ts';
import type { BlockBuilder, SourceRecords } from './block-builder.ts';
import type { DiskRoom } from './disk-room.ts';
import type { JournalFile } from './journal-file.ts';

/** A block that an fdatasync has covered. */
export interface DurableBlock {
  readonly journal: number;
  /** Bytes from the start of the file to behind the block. */
  readonly end: number;
  /** Sequence of the record that follows. */
  readonly sequence: number;
  readonly bytes: number;
  /** Of a block of records: whose they are. */
  readonly tallies: readonly SourceRecords[];
  /** Of an accounting block: what it says. */
  readonly accounting: Accounting | undefined;
}

interface SealedBlock<Mark> extends Omit<DurableBlock, 'journal'> {
  readonly mark: Mark | undefined;
  readonly file: JournalFile;
  readonly pieces: readonly Buffer[];
  readonly records: number;
  /** Whose memory the pieces are; reused once they are durable. */
  readonly builder: BlockBuilder | undefined;
}

export interface GroupCommitEvents<Mark> {
  /** Each block in order, once it is durable; before the `onCommit` of its pass. */
  readonly onDurable?: (block: DurableBlock) => void;
  /** Called once a commit is durable. */
  readonly onCommit?: (done: { readonly records: number; readonly bytes: number; readonly mark?: Mark }) => void;
  /** After each fdatasync, with how long it took. */
  readonly onSync?: (seconds: number) => void;
}

interface GroupCommitParts<Mark> {
  readonly events: GroupCommitEvents<Mark>;
  readonly room: DiskRoom;
  readonly fault: Fault;
  readonly recycle: (builder: BlockBuilder) => void;
  /** An error of write or fdatasync: final, nothing is written after it. */
  readonly onFailure: (cause: unknown) => void;
}

/**
 * Makes sealed blocks durable in the order in which they were sealed: while one pass is written and synced the next
 * blocks gather, and all of them go together.
 */
export class GroupCommit<Mark> {
  private readonly parts: GroupCommitParts<Mark>;
  private queue: SealedBlock<Mark>[] = [];
  private draining: Promise<void> | undefined;
  /** The file that was written last. */
  private written: JournalFile | undefined;
  private halted = false;
  /** Sealed, not yet durable. */
  queuedBytes = 0;
  /** Durable. */
  committedRecords = 0;
  committedBytes = 0;

  constructor(parts: GroupCommitParts<Mark>) {
    this.parts = parts;
  }

  /** The published file that the first block goes to. */
  begin(file: JournalFile): void {
    this.written = file;
  }

  push(block: SealedBlock<Mark>): void {
    this.queue.push(block);
    this.queuedBytes += block.bytes;
  }

  drain(): void {
    if (this.draining !== undefined || this.queue.length === 0 || this.halted) return;
    this.draining = this.writeQueue()
      .catch((cause: unknown) => {
        this.halt();
        this.parts.onFailure(cause);
      })
      .finally(() => {
        this.draining = undefined;
        this.drain();
      });
  }

  /** Resolves when nothing is being written any more: all is durable, or it has halted. */
  async settled(): Promise<void> {
    while (this.draining !== undefined) await this.draining;
  }

  /** No pass begins any more. */
  halt(): void {
    this.halted = true;
  }

  /** One pass: everything sealed so far, one fdatasync per file, then the acknowledgement. */
  private async writeQueue(): Promise<void> {
    const blocks = this.queue;
    this.queue = [];
    let records = 0;
    let bytes = 0;
    for (let from = 0; from < blocks.length; ) {
      const file = (blocks[from] as SealedBlock<Mark>).file;
      const other = blocks.findIndex((block, index) => index > from && block.file !== file);
      const group = blocks.slice(from, other < 0 ? blocks.length : other);
      await this.writeGroup(file, group);
      for (const block of group) {
        records += block.records;
        bytes += block.bytes;
        this.parts.events.onDurable?.({ ...block, journal: file.journal });
        if (block.builder !== undefined) this.parts.recycle(block.builder);
      }
      from += group.length;
    }
    this.queuedBytes -= bytes;
    this.committedRecords += records;
    this.committedBytes += bytes;
    const mark = blocks.at(-1)?.mark;
    this.parts.events.onCommit?.({ records, bytes, ...(mark === undefined ? {} : { mark }) });
  }

  /** Blocks of one file. The file before is closed first: readers take the new name as the sign that it is complete. */
  private async writeGroup(file: JournalFile, group: readonly SealedBlock<Mark>[]): Promise<void> {
    const { room, events, fault } = this.parts;
    if (this.written !== file) {
      await this.written?.close();
      this.written = undefined;
      fault('file-closed');
      await room.use(0, () => file.publish());
      this.written = file;
      fault('file-published');
    }
    for (const part of portions(group)) {
      await room.use(bytesOf(part), () => file.writev(part.flatMap((block) => block.pieces)));
    }
    fault('block-written');
    const began = performance.now();
    await file.datasync();
    fault('block-synced');
    events.onSync?.((performance.now() - began) / 1000);
  }
}

interface Sized {
  readonly bytes: number;
}

/** Blocks of about so many bytes are written at a time: what waits is more than a disk that fills may have left. */
const PORTION_BYTES = 1024 * 1024;

function portions<T extends Sized>(blocks: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (last !== undefined && bytesOf(last) + block.bytes <= PORTION_BYTES) last.push(block);
    else parts.push([block]);
  }
  return parts;
}

function bytesOf(blocks: readonly Sized[]): number {
  return blocks.reduce((sum, { bytes }) => sum + bytes, 0);
}
