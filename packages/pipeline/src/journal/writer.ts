import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { Clock } from '@logmaster/core/clock';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Micros } from '@logmaster/core/time';
import { isDiskFull } from '../files.ts';
import { type FileLock, lock } from '../lock.ts';
import { type Accounting, encodeAccounting } from './accounting.ts';
import { BlockBuilder } from './block-builder.ts';
import type { JournalSource } from './decode.ts';
import { FLAG_CLOCK_HELD } from './flags.ts';
import { BLOCK_ACCOUNTING, encodeBlockHeader } from './format.ts';
import { createJournalFile, type JournalFile, type OpenJournalFile } from './journal-file.ts';
import { prepareFolder } from './open-folder.ts';
import { Stamps } from './stamps.ts';
import { writerLockFile } from './streams.ts';

export interface JournalWriterOptions<Mark = undefined> {
  /** `<journal>/<node>.<worker>` */
  readonly folder: string;
  readonly clock: Clock;
  /** Nothing is stamped before this: the newest boundary at which segments were closed. */
  readonly floorMicros?: () => Promise<Micros>;
  /** Longest wait between a record's arrival and the start of its commit. */
  readonly commitMs?: number;
  readonly commitBytes?: number;
  readonly rotateBytes?: number;
  /** How often what was counted is written down; also the stream's watermark of time when nothing arrives. */
  readonly accountingMs?: number;
  /** Deltas since the last call. Called when an accounting block is made, and at stop. */
  readonly accounting: () => Omit<Accounting, 'clock_steps'>;
  /** Taken when a block is sealed and given back when it is durable: the caller's counters as of that block. */
  readonly mark?: () => Mark;
  /** Called once a commit is durable. */
  readonly onCommit?: (done: {
    /** Records by journal file. */
    readonly journals: ReadonlyMap<number, number>;
    readonly records: number;
    readonly bytes: number;
    readonly mark?: Mark;
  }) => void;
  /** After each fdatasync, with how long it took. */
  readonly onSync?: (seconds: number) => void;
  readonly onFailure?: (error: AppError) => void;
  /** The disk is full, or no longer. */
  readonly onFull?: (full: boolean) => void;
  /** How often a full disk is tried again. */
  readonly fullRetryMs?: number;
  readonly createFile?: OpenJournalFile;
}

interface SealedBlock<Mark> {
  readonly mark: Mark | undefined;
  readonly file: JournalFile;
  readonly pieces: readonly Buffer[];
  readonly records: number;
  readonly bytes: number;
  /** Whose memory the pieces are; reused once they are durable. */
  readonly builder: BlockBuilder | undefined;
}

/** Blocks in flight hold 1.1 MiB each; more than this many are given back to the heap. */
const MAX_SPARE_BUILDERS = 4;
const DEFAULT_FULL_RETRY_MS = 500;
const DEFAULT_COMMIT_MS = 100;
const DEFAULT_COMMIT_BYTES = 1024 * 1024;
const DEFAULT_ROTATE_BYTES = 64 * 1024 * 1024;

/**
 * The one writer of a stream. `append` copies the record into the open block; every 100 ms or 1 MiB the open block is
 * sealed, and all sealed blocks are written and made durable together. An error of write or fdatasync is final: the
 * kernel may have dropped the pages it could not write, so a second fdatasync that succeeds would be a lie. The writer
 * then takes nothing more, `failure` says why, and no commit is acknowledged. A full disk is no such error: a write that
 * was refused for want of room has left nothing behind that counts, and is tried again until there is some.
 */
export class JournalWriter<Mark = undefined> implements Lifecycle {
  readonly name = 'journal';
  private readonly options: JournalWriterOptions<Mark>;
  private readonly commitMs: number;
  private readonly commitBytes: number;
  private readonly rotateBytes: number;
  private lock: FileLock | undefined;
  private stamps = new Stamps(() => 0, 0);
  /** The file that blocks sealed now go to, its length once they are written, and the sequence of the next record. */
  private file: JournalFile | undefined;
  private fileBytes = 0;
  private sequence = 0;
  /** Created ahead, becomes `file` with the next block. */
  private nextFile: JournalFile | undefined;
  private rotating: Promise<void> | undefined;
  private open = new BlockBuilder();
  private readonly spare: BlockBuilder[] = [];
  private queue: SealedBlock<Mark>[] = [];
  private queuedBytes = 0;
  private draining: Promise<void> | undefined;
  /** The file the drain wrote last. */
  private written: JournalFile | undefined;
  private commitTimer: NodeJS.Timeout | undefined;
  private hastened = false;
  private accountingTimer: NodeJS.Timeout | undefined;
  private fault: AppError | undefined;
  private stopping = false;
  /** The disk is full: nothing becomes durable until there is room again. */
  full = false;
  /** Taken by `append`. Record number n of this process is durable once `committedRecords` ≥ n: journal order is commit order. */
  appendedRecords = 0;
  /** Stamp of this turn's records; a new block needs a later one. */
  private turnStamp: Micros | undefined;
  private readonly endTurn = () => {
    this.turnStamp = undefined;
  };
  /** Durable. */
  committedRecords = 0;
  committedBytes = 0;
  /** Bytes of torn tail cut at start. */
  cutBytes = 0;

  constructor(options: JournalWriterOptions<Mark>) {
    this.options = options;
    this.commitMs = options.commitMs ?? DEFAULT_COMMIT_MS;
    this.commitBytes = options.commitBytes ?? DEFAULT_COMMIT_BYTES;
    this.rotateBytes = options.rotateBytes ?? DEFAULT_ROTATE_BYTES;
  }

  /** Set when writing failed: nothing is acknowledged any more. */
  get failure(): AppError | undefined {
    return this.fault;
  }

  /** Number of the file that is written now. */
  get currentJournal(): number {
    return this.file?.journal ?? 0;
  }

  /** Appended, not yet durable. */
  get pendingBytes(): number {
    return this.open.bytes + this.queuedBytes;
  }

  async start(): Promise<void> {
    const { folder, clock } = this.options;
    await mkdir(folder, { recursive: true });
    this.lock = lock(writerLockFile(folder), 2000);
    const state = await prepareFolder(folder);
    this.cutBytes = state.cutBytes;
    const floor = (await this.options.floorMicros?.()) ?? 0;
    this.stamps = new Stamps(clock, Math.max(state.lastMicros, floor - 1));
    this.file = await this.create(state.nextJournal);
    await this.file.publish();
    this.written = this.file;
    this.fileBytes = this.file.headerBytes;
    this.accountingTimer = setInterval(() => this.account(), this.options.accountingMs ?? 1000);
    this.account();
  }

  /** Takes one record; false when it was not taken because the journal has failed. Durable after `commit`. */
  append(source: JournalSource, raw: Uint8Array, flags: number): boolean {
    if (this.fault !== undefined || this.file === undefined) return false;
    const stamp = this.stamp();
    const bits = this.stamps.held ? flags | FLAG_CLOCK_HELD : flags;
    if (!this.open.fits(source, raw.length, stamp)) {
      this.seal();
      this.stamps.border();
      this.turnStamp = undefined;
      return this.append(source, raw, flags);
    }
    this.open.append(source, raw, bits, stamp);
    this.appendedRecords += 1;
    if (this.open.bytes >= this.commitBytes) {
      this.seal();
      this.drain();
    } else {
      this.commitTimer ??= this.commitIn(this.commitMs);
    }
    return true;
  }

  /** Somebody waits for the acknowledgement: what is open is committed within `ms` instead of `commitMs`. */
  hasten(ms: number): void {
    if (this.hastened || this.open.count === 0 || this.fault !== undefined) return;
    this.hastened = true;
    clearTimeout(this.commitTimer);
    this.commitTimer = this.commitIn(ms);
  }

  /** What one read of a socket brings has arrived at one time: the clocks are asked once a turn of the event loop. */
  private stamp(): Micros {
    if (this.turnStamp === undefined) {
      this.turnStamp = this.stamps.next();
      queueMicrotask(this.endTurn);
    }
    return this.turnStamp;
  }

  /** Resolves when everything appended so far is durable. Throws JOURNAL_FAILED when it can't be any more. */
  async commit(): Promise<void> {
    this.seal();
    this.drain();
    while (this.draining !== undefined) await this.draining;
    if (this.fault !== undefined) throw this.fault;
  }

  /** From now on a full disk is not waited for: what can't be written fails, so that a stop comes to its end. */
  stopWaiting(): void {
    this.stopping = true;
  }

  async stop(): Promise<void> {
    this.stopWaiting();
    clearInterval(this.accountingTimer);
    this.account();
    clearTimeout(this.commitTimer);
    try {
      await this.commit();
    } finally {
      await this.rotating;
      await this.nextFile?.close();
      await this.file?.close();
      this.file = undefined;
      this.lock?.release();
    }
  }

  private account(): void {
    if (this.fault !== undefined || this.file === undefined) return;
    this.seal();
    this.changeFile();
    const stamp = this.stamps.next();
    this.stamps.border();
    this.turnStamp = undefined;
    const payload = encodeAccounting({ ...this.options.accounting(), clock_steps: this.stamps.takeSteps() });
    const header = encodeBlockHeader(
      {
        type: BLOCK_ACCOUNTING,
        payloadLength: payload.length,
        count: 0,
        firstSequence: this.sequence,
        baseMicros: stamp,
        payloadCrc: crc32(payload),
      },
      this.file.salt,
    );
    this.enqueue(this.file, [header, payload], 0, undefined);
    this.drain();
  }

  private commitIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.seal();
      this.drain();
    }, ms);
  }

  /** Closes the open block: it gets its file number and sequences, and the next stamp will be later than its last. */
  private seal(): void {
    clearTimeout(this.commitTimer);
    this.commitTimer = undefined;
    this.hastened = false;
    const builder = this.open;
    this.changeFile();
    if (builder.count === 0 || this.file === undefined) return;
    const pieces = builder.finish(this.sequence, this.file.salt);
    this.sequence += builder.count;
    this.open = this.spare.pop() ?? new BlockBuilder();
    this.stamps.border();
    this.turnStamp = undefined;
    this.enqueue(this.file, pieces, builder.count, builder);
  }

  private enqueue(file: JournalFile, pieces: readonly Buffer[], records: number, builder: BlockBuilder | undefined) {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.queue.push({ mark: this.options.mark?.(), file, pieces, records, bytes, builder });
    this.queuedBytes += bytes;
    this.fileBytes += bytes;
    if (this.fileBytes >= this.rotateBytes && this.nextFile === undefined) this.prepareNext(file.journal + 1);
  }

  /** Changes over to the file created ahead, between two blocks. The drain closes the old one behind its last block. */
  private changeFile(): void {
    if (this.nextFile === undefined) return;
    this.file = this.nextFile;
    this.nextFile = undefined;
    this.fileBytes = this.file.headerBytes;
    this.sequence = 0;
  }

  private prepareNext(journal: number): void {
    this.rotating ??= this.create(journal)
      .then((file) => {
        this.nextFile = file;
      })
      .catch((cause: unknown) => {
        // The old file takes what comes until the next one can be made.
        if (!isDiskFull(cause)) this.fail(cause);
      })
      .finally(() => {
        this.rotating = undefined;
      });
  }

  private create(journal: number): Promise<JournalFile> {
    const create = this.options.createFile ?? createJournalFile;
    return create(this.options.folder, journal, this.options.clock());
  }

  private drain(): void {
    if (this.draining !== undefined || this.queue.length === 0 || this.fault !== undefined) return;
    this.draining = this.writeQueue()
      .catch((cause: unknown) => this.fail(cause))
      .finally(() => {
        this.draining = undefined;
        this.drain();
      });
  }

  /** One pass: everything sealed so far, one fdatasync per file, then the acknowledgement. */
  private async writeQueue(): Promise<void> {
    const blocks = this.queue;
    this.queue = [];
    let records = 0;
    let bytes = 0;
    const journals = new Map<number, number>();
    for (let from = 0; from < blocks.length; ) {
      const file = (blocks[from] as SealedBlock<Mark>).file;
      const other = blocks.findIndex((block, index) => index > from && block.file !== file);
      const group = blocks.slice(from, other < 0 ? blocks.length : other);
      if (this.written !== file) {
        await this.written?.close();
        this.written = undefined;
        await this.withRoom(() => file.publish());
        this.written = file;
      }
      await this.withRoom(() => file.writev(group.flatMap((block) => block.pieces)));
      const began = performance.now();
      await file.datasync();
      this.options.onSync?.((performance.now() - began) / 1000);
      for (const block of group) {
        records += block.records;
        journals.set(file.journal, (journals.get(file.journal) ?? 0) + block.records);
        bytes += block.bytes;
        this.recycle(block.builder);
      }
      from += group.length;
    }
    this.queuedBytes -= bytes;
    this.committedRecords += records;
    this.committedBytes += bytes;
    const mark = blocks.at(-1)?.mark;
    this.options.onCommit?.({ journals, records, bytes, ...(mark === undefined ? {} : { mark }) });
  }

  /** Does it when the disk has room for it. While stopping it is not waited for. */
  private async withRoom(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await write();
        break;
      } catch (error) {
        if (!isDiskFull(error) || this.stopping) throw error;
        if (!this.full) this.options.onFull?.(true);
        this.full = true;
        await new Promise((resolve) => setTimeout(resolve, this.options.fullRetryMs ?? DEFAULT_FULL_RETRY_MS));
      }
    }
    if (this.full) this.options.onFull?.(false);
    this.full = false;
  }

  private recycle(builder: BlockBuilder | undefined): void {
    if (builder === undefined || this.spare.length >= MAX_SPARE_BUILDERS) return;
    builder.reset();
    this.spare.push(builder);
  }

  private fail(cause: unknown): void {
    const detail = `${path.basename(this.options.folder)}: ${cause instanceof Error ? cause.message : String(cause)}`;
    this.fault ??= new AppError('JOURNAL_FAILED', { detail, cause });
    clearInterval(this.accountingTimer);
    clearTimeout(this.commitTimer);
    // Nothing will come from this worker any more: the sealer may close periods without it.
    this.lock?.release();
    this.lock = undefined;
    this.options.onFailure?.(this.fault);
  }
}
