import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Micros } from '@logmaster/core/time';
import { type Fault, noFault } from '../fault.ts';
import { type FileLock, lock } from '../lock.ts';
import { type Accounting, encodeAccountingBlock } from './accounting.ts';
import type { BlockBuilder } from './block-builder.ts';
import { CommitTimer } from './commit-timer.ts';
import type { JournalSource } from './decode.ts';
import { DiskRoom, type DiskRoomOptions } from './disk-room.ts';
import { FileRotation, type FileRotationOptions } from './file-rotation.ts';
import { FLAG_CLOCK_HELD } from './flags.ts';
import { GroupCommit, type GroupCommitEvents } from './group-commit.ts';
import type { JournalFile } from './journal-file.ts';
import { prepareFolder } from './open-folder.ts';
import { SpareBuilders } from './spare-builders.ts';
import { Stamps } from './stamps.ts';
import { writerLockFile } from './streams.ts';

export interface JournalWriterOptions<Mark = undefined>
  extends FileRotationOptions,
    GroupCommitEvents<Mark>,
    DiskRoomOptions {
  /** Nothing is stamped before this: the newest boundary at which segments were closed. */
  readonly floorMicros?: () => Promise<Micros>;
  /** Longest wait between a record's arrival and the start of its commit. */
  readonly commitMs?: number;
  readonly commitBytes?: number;
  /** After a torn tail was cut and before the first block: the folder holds what earlier writers have left. */
  readonly onPrepared?: (folder: string) => Promise<void>;
  /** How often what was counted is written down; also the stream's watermark of time when nothing arrives. */
  readonly accountingMs?: number;
  /** Deltas since the last call. Called when an accounting block is made, and at stop. */
  readonly accounting: () => Omit<Accounting, 'clock_steps'>;
  /** Taken when a block is sealed and given back when it is durable: the caller's counters as of that block. */
  readonly mark?: () => Mark;
  readonly onFailure?: (error: AppError) => void;
}

const DEFAULT_COMMIT_MS = 100;
const DEFAULT_COMMIT_BYTES = 1024 * 1024;
const DEFAULT_ACCOUNTING_MS = 1000;

/**
 * The one writer of a stream. `append` copies the record into the open block; every 100 ms or 1 MiB the open block is
 * sealed, and all sealed blocks are written and made durable together. An error of write or fdatasync is final: the
 * kernel may have dropped the pages it could not write, so a second fdatasync that succeeds would be a lie. The writer
 * then takes nothing more, `failure` says why, and no commit is acknowledged. A full disk is no such error (`DiskRoom`).
 */
export class JournalWriter<Mark = undefined> implements Lifecycle {
  readonly name = 'journal';
  private readonly options: JournalWriterOptions<Mark>;
  private readonly commitBytes: number;
  private readonly crash: Fault;
  private lock: FileLock | undefined;
  private stamps = new Stamps(() => 0, 0);
  private readonly spare = new SpareBuilders();
  private open: BlockBuilder = this.spare.take();
  private readonly files: FileRotation;
  private readonly room: DiskRoom;
  private readonly commits: GroupCommit<Mark>;
  private readonly timer: CommitTimer;
  private accountingTimer: NodeJS.Timeout | undefined;
  private fault: AppError | undefined;
  /** Taken by `append`. Record number n of this process is durable once `committedRecords` ≥ n: journal order is commit order. */
  appendedRecords = 0;
  /** Bytes of torn tail cut at start. */
  cutBytes = 0;

  constructor(options: JournalWriterOptions<Mark>) {
    this.options = options;
    this.commitBytes = options.commitBytes ?? DEFAULT_COMMIT_BYTES;
    this.crash = options.fault ?? noFault;
    const onFailure = (cause: unknown) => this.fail(cause);
    this.files = new FileRotation(options, onFailure);
    this.room = new DiskRoom(options);
    const recycle = (builder: BlockBuilder) => this.spare.giveBack(builder);
    this.commits = new GroupCommit({ events: options, room: this.room, fault: this.crash, recycle, onFailure });
    this.timer = new CommitTimer(options.commitMs ?? DEFAULT_COMMIT_MS, () => this.flush());
  }

  /** Set when writing failed: nothing is acknowledged any more. */
  get failure(): AppError | undefined {
    return this.fault;
  }

  /** The disk is full: nothing becomes durable until there is room again. */
  get full(): boolean {
    return this.room.full;
  }

  /** Number of the file that is written now. */
  get currentJournal(): number {
    return this.files.current?.journal ?? 0;
  }

  /** Appended, not yet durable. */
  get pendingBytes(): number {
    return this.open.bytes + this.commits.queuedBytes;
  }

  /** Durable. */
  get committedRecords(): number {
    return this.commits.committedRecords;
  }

  get committedBytes(): number {
    return this.commits.committedBytes;
  }

  async start(): Promise<void> {
    const { folder, clock } = this.options;
    await mkdir(folder, { recursive: true });
    this.lock = lock(writerLockFile(folder), 2000);
    const state = await prepareFolder(folder);
    this.cutBytes = state.cutBytes;
    await this.options.onPrepared?.(folder);
    this.crash('stream-prepared');
    const floor = (await this.options.floorMicros?.()) ?? 0;
    this.stamps = new Stamps(clock, Math.max(state.lastMicros, floor - 1));
    this.commits.begin(await this.files.open(state.nextJournal));
    this.accountingTimer = setInterval(() => this.account(), this.options.accountingMs ?? DEFAULT_ACCOUNTING_MS);
    this.account();
  }

  /** Takes one record; false when it was not taken because the journal has failed. Durable after `commit`. */
  append(source: JournalSource, raw: Uint8Array, flags: number): boolean {
    if (this.fault !== undefined || this.files.current === undefined) return false;
    // Not behind the record that makes the block full: the caller has not counted that one yet, and its counters as of
    // the block would lack it.
    if (this.open.bytes >= this.commitBytes) this.flush();
    const stamp = this.stamps.ofTurn();
    if (!this.open.fits(source, raw.length, stamp)) {
      this.seal();
      return this.append(source, raw, flags);
    }
    this.open.append(source, raw, this.stamps.held ? flags | FLAG_CLOCK_HELD : flags, stamp);
    this.appendedRecords += 1;
    if (this.open.bytes >= this.commitBytes) this.timer.hasten(0);
    else this.timer.begin();
    return true;
  }

  /** Somebody waits for the acknowledgement: what is open is committed within `ms` instead of `commitMs`. */
  hasten(ms: number): void {
    if (this.open.count > 0 && this.fault === undefined) this.timer.hasten(ms);
  }

  /** Resolves when everything appended so far is durable. Throws JOURNAL_FAILED when it can't be any more. */
  async commit(): Promise<void> {
    this.flush();
    await this.commits.settled();
    if (this.fault !== undefined) throw this.fault;
  }

  /** From now on a full disk is not waited for: what can't be written fails, so that a stop comes to its end. */
  stopWaiting(): void {
    this.room.stopWaiting();
  }

  async stop(): Promise<void> {
    this.stopWaiting();
    clearInterval(this.accountingTimer);
    this.account();
    try {
      await this.commit();
    } finally {
      await this.files.close();
      this.lock?.release();
    }
  }

  private account(): void {
    if (this.fault !== undefined || this.files.current === undefined) return;
    this.seal();
    const { salt } = this.files.current;
    const stamp = this.stamps.next();
    this.stamps.border();
    const accounting = { ...this.options.accounting(), clock_steps: this.stamps.takeSteps() };
    const pieces = encodeAccountingBlock(accounting, { sequence: this.files.sequence, stamp, salt });
    this.enqueue(this.files.current, pieces, undefined, accounting);
    this.crash('accounting-sealed');
    this.commits.drain();
  }

  private flush(): void {
    this.seal();
    this.commits.drain();
  }

  /** Closes the open block: it gets its file number and sequences, and the next stamp will be later than its last. */
  private seal(): void {
    this.timer.clear();
    this.files.change();
    const file = this.files.current;
    const builder = this.open;
    if (builder.count === 0 || file === undefined) return;
    const pieces = builder.finish(this.files.sequence, file.salt);
    this.open = this.spare.take();
    this.stamps.border();
    this.enqueue(file, pieces, builder);
    this.crash('block-sealed');
  }

  private enqueue(
    file: JournalFile,
    pieces: readonly Buffer[],
    builder: BlockBuilder | undefined,
    accounting?: Accounting,
  ): void {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const records = builder?.count ?? 0;
    const tallies = builder?.tallies ?? [];
    const mark = this.options.mark?.();
    this.files.grow(records, bytes);
    const { sequence, end } = this.files;
    this.commits.push({ mark, file, pieces, records, bytes, builder, tallies, accounting, sequence, end });
  }

  private fail(cause: unknown): void {
    const detail = `${path.basename(this.options.folder)}: ${cause instanceof Error ? cause.message : String(cause)}`;
    this.fault ??= new AppError('JOURNAL_FAILED', { detail, cause });
    this.commits.halt();
    clearInterval(this.accountingTimer);
    this.timer.clear();
    // Nothing will come from this worker any more: the sealer may close periods without it.
    this.lock?.release();
    this.lock = undefined;
    this.options.onFailure?.(this.fault);
  }
}
