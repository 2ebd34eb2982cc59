import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { exists, isMissing, readAt } from '../files.ts';
import type { JournalBlock, LostRange, StreamPosition } from './block.ts';
import { decodeFileHeader, FILE_HEADER_BYTES } from './format.ts';
import type { RecentBlocks } from './recent-blocks.ts';
import { findHeader, type ScanFile, scanBlock } from './scan.ts';
import { journalFileName, listJournals } from './streams.ts';

const READ_BYTES = 2 * 1024 * 1024;
/** Between two looks at the whole folder while a file is being followed. */
const LIST_EVERY_MS = 5000;

/** What a reader tells of files that are not whole. Each thing once. */
export interface ReaderEvents {
  /** A damaged stretch that whole blocks follow. */
  lost(range: LostRange): void;
  /** A finished file ends in bytes that are no whole block. They were never acknowledged. */
  tornTail(tail: { journal: number; offset: number; bytes: number }): void;
  /** The file the position names is gone, or its header can't be read. */
  missing(journal: number): void;
}

/**
 * Follows one stream from a position on, across files, while the writer goes on writing. Only whole blocks come out,
 * in order, each once. Not safe for concurrent calls of `next`.
 */
export class JournalReader {
  private readonly folder: string;
  private readonly events: ReaderEvents;
  private readonly recent: RecentBlocks | undefined;
  private journal: number;
  private handle: FileHandle | undefined;
  private file: ScanFile | undefined;
  private window: Buffer = Buffer.alloc(0);
  /** Place of window[0] in the file, and of the next byte to look at in the window. */
  private windowOffset: number;
  private at = 0;
  private sequence: number;
  private damage: number | undefined;
  private listedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param recent what another reader of the stream has decoded; blocks found there are not read again.
   * @param from an `offset` of 0 means: from the file's start. Blocks before `from.sequence` are then returned too.
   */
  constructor(folder: string, from: StreamPosition, events: ReaderEvents, recent?: RecentBlocks) {
    this.folder = folder;
    this.recent = recent;
    this.events = events;
    this.journal = from.journal;
    this.windowOffset = Math.max(from.offset, FILE_HEADER_BYTES);
    this.sequence = from.sequence;
  }

  /** The place behind the last block returned. */
  get position(): StreamPosition {
    const offset = this.windowOffset + this.at;
    return { journal: this.journal, offset: offset <= FILE_HEADER_BYTES ? 0 : offset, sequence: this.sequence };
  }

  /** The next whole block; undefined when there is none for now. */
  async next(): Promise<JournalBlock | undefined> {
    for (;;) {
      const known = this.takeRecent();
      if (known !== undefined) return known;
      if (this.file === undefined && !(await this.openFile())) return undefined;
      const block = this.scan();
      if (block !== undefined) return block;
      if (await this.readMore()) continue;
      const following = await this.following();
      if (following === undefined) {
        this.rewind();
        return undefined;
      }
      // The next file gets its name only after the last byte of this one: what is here now is all.
      if (await this.readMore()) continue;
      this.endOfFile();
      this.reportGap(following);
      await this.switchTo(following);
    }
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
    this.file = undefined;
    this.window = Buffer.alloc(0);
  }

  private takeRecent(): JournalBlock | undefined {
    if (this.recent === undefined || this.damage !== undefined) return undefined;
    const block = this.recent.take(this.journal, this.windowOffset + this.at);
    if (block === undefined) return undefined;
    const at = block.end - this.windowOffset;
    if (at <= this.window.length) this.at = at;
    else {
      this.window = Buffer.alloc(0);
      this.windowOffset = block.end;
      this.at = 0;
    }
    this.sequence = block.firstSequence + block.count;
    return block;
  }

  private scan(): JournalBlock | undefined {
    const file = this.file as ScanFile;
    while (this.at < this.window.length) {
      const result = scanBlock(this.window, this.at, this.windowOffset, file);
      if (result.kind === 'block') {
        this.reportDamage(result.block);
        this.at = result.end;
        this.sequence = result.block.firstSequence + result.block.count;
        return result.block;
      }
      if (result.kind === 'incomplete') return undefined;
      this.damage ??= this.windowOffset + this.at;
      const next = result.next ?? findHeader(this.window, this.at + 1, file);
      if (next < 0) return undefined;
      this.at = next;
    }
    return undefined;
  }

  private reportDamage(block: JournalBlock): void {
    if (this.damage === undefined) return;
    this.events.lost({
      journal: this.journal,
      fromOffset: this.damage,
      toOffset: block.offset,
      fromSequence: Math.min(this.sequence, block.firstSequence),
      toSequence: block.firstSequence,
    });
    this.damage = undefined;
  }

  /** Nothing whole follows a damage yet: look at it again later, it may be a block that is still being written. */
  private rewind(): void {
    if (this.damage === undefined) return;
    this.at = this.damage - this.windowOffset;
    this.damage = undefined;
    this.window = this.window.subarray(0, this.at);
  }

  private endOfFile(): void {
    const offset = this.damage ?? this.windowOffset + this.at;
    const bytes = this.windowOffset + this.window.length - offset;
    if (bytes > 0) this.events.tornTail({ journal: this.journal, offset, bytes });
    this.damage = undefined;
  }

  /** Keeps what is not yet consumed, or not yet understood, and appends what the file has grown by. */
  private async readMore(): Promise<boolean> {
    const handle = this.handle as FileHandle;
    const end = this.windowOffset + this.window.length;
    // Asked first: blocks keep the memory they were read into, and most looks find little or nothing.
    const grown = (await handle.stat()).size - end;
    if (grown <= 0) return false;
    const bytes = await readAt(handle, end, Math.min(grown, READ_BYTES));
    if (bytes.length === 0) return false;
    const keep = this.damage === undefined ? this.at : Math.min(this.at, this.damage - this.windowOffset);
    this.window = this.window.length === keep ? bytes : Buffer.concat([this.window.subarray(keep), bytes]);
    this.windowOffset += keep;
    this.at -= keep;
    return true;
  }

  /** The next file's number. One cheap look while this file is read; numbers have gaps only where files are gone. */
  private async following(): Promise<number | undefined> {
    const next = this.journal + 1;
    if (await exists(path.join(this.folder, journalFileName(next)))) return next;
    if (this.handle !== undefined && performance.now() - this.listedAt < LIST_EVERY_MS) return undefined;
    this.listedAt = performance.now();
    return (await listJournals(this.folder)).find((journal) => journal > this.journal);
  }

  /** Files go from the front, and only when they are done: a number that is left out behind one that was read is a loss. */
  private reportGap(following: number): void {
    if (this.journal === 0) return;
    for (let journal = this.journal + 1; journal < following; journal++) this.events.missing(journal);
  }

  private async switchTo(journal: number): Promise<void> {
    await this.close();
    this.journal = journal;
    this.windowOffset = FILE_HEADER_BYTES;
    this.at = 0;
    this.sequence = 0;
    this.listedAt = Number.NEGATIVE_INFINITY;
  }

  /** False when there is no file to read yet. Files that are gone or have no header are reported and passed over. */
  private async openFile(): Promise<boolean> {
    for (;;) {
      const following = await this.following();
      const found = await this.tryOpen();
      if (found === 'ok') return true;
      if (found === 'short' && following === undefined) return false;
      if (following === undefined) return false;
      if (this.journal > 0) this.events.missing(this.journal);
      this.reportGap(following);
      await this.switchTo(following);
    }
  }

  private async tryOpen(): Promise<'ok' | 'short' | 'gone'> {
    const name = path.join(this.folder, journalFileName(this.journal));
    const handle = await open(name, 'r').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (handle === undefined) return 'gone';
    const header = decodeFileHeader(await readAt(handle, 0, FILE_HEADER_BYTES));
    if (header === undefined) {
      await handle.close();
      return 'short';
    }
    this.handle = handle;
    this.file = { journal: this.journal, salt: header.salt };
    return 'ok';
  }
}
