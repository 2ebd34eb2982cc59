import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { RawRecord } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import { leafHash, MerkleTree } from '@logmaster/signing/merkle';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { isMissing, readAt } from '../files.ts';
import { compressFrame, readLines } from './zstd-frames.ts';

const LF = Buffer.of(0x0a);

export interface SegmentDigest {
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly text: { readonly bytes: number; readonly sha256: string };
  readonly zst: { readonly bytes: number; readonly sha256: string };
  readonly merkle: { readonly size: number; readonly root: string };
}

/** What a segment keeps account of for each line. */
export type RecordFacts = Pick<RawRecord, 'id' | 'sourceAddress' | 'receivedAt'>;

/** The growing records file of one site's open segment, with everything its manifest will say about it. */
export class OpenSegment {
  private readonly file: string;
  private handle: FileHandle | undefined;
  private pending: Buffer[] = [];
  pendingBytes = 0;
  /** performance.now() of the oldest unflushed line. */
  pendingSince = 0;
  textBytes = 0;
  /** Flushed; the file may be longer only after a crash. */
  zstBytes = 0;
  count = 0;
  private first: string | null = null;
  private last: string | null = null;
  private readonly textHash: Hash = createHash('sha256');
  private readonly zstHash: Hash = createHash('sha256');
  private readonly tree = new MerkleTree();
  /** Latest received-at; 0 without records. */
  newest: Micros = 0;
  /** Records per source address. */
  readonly journaled = new Map<string, number>();
  private unsynced = false;

  private constructor(file: string) {
    this.file = file;
  }

  /** Opens the file cut back to `zstBytes`, and reads what is left of it. 0: a new, empty one. */
  static async open(file: string, zstBytes: number): Promise<OpenSegment> {
    const segment = new OpenSegment(file);
    segment.handle = await openForAppend(file);
    await segment.handle.truncate(zstBytes);
    if (zstBytes > 0) await segment.reread(zstBytes);
    return segment;
  }

  append(line: Buffer, { id, sourceAddress, receivedAt }: RecordFacts): void {
    if (this.pending.length === 0) this.pendingSince = performance.now();
    this.pending.push(line, LF);
    this.pendingBytes += line.length + 1;
    this.note(line, { id, sourceAddress, receivedAt });
  }

  /** Compresses what is pending into one frame and appends it to the file. Durable after `sync`. */
  async flush(): Promise<void> {
    if (this.pending.length === 0) return;
    const text = Buffer.concat(this.pending, this.pendingBytes);
    this.pending = [];
    this.pendingBytes = 0;
    await this.write(text);
  }

  async sync(): Promise<void> {
    if (!this.unsynced) return;
    await this.handle?.datasync();
    this.unsynced = false;
  }

  /** Flushes, makes the file durable and closes it. A segment without records gets one empty frame. */
  async finish(): Promise<SegmentDigest> {
    await this.flush();
    if (this.zstBytes === 0) await this.write(Buffer.alloc(0));
    await this.sync();
    await this.close();
    return {
      count: this.count,
      first: this.first,
      last: this.last,
      text: { bytes: this.textBytes, sha256: this.textHash.digest('hex') },
      zst: { bytes: this.zstBytes, sha256: this.zstHash.digest('hex') },
      merkle: { size: this.tree.size, root: this.tree.root().toString('hex') },
    };
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
  }

  private note(line: Buffer, { id, sourceAddress, receivedAt }: RecordFacts): void {
    this.tree.append(leafHash(line));
    this.count += 1;
    this.first ??= id;
    this.last = id;
    this.newest = Math.max(this.newest, receivedAt);
    this.journaled.set(sourceAddress, (this.journaled.get(sourceAddress) ?? 0) + 1);
  }

  private async write(text: Buffer): Promise<void> {
    const frame = await compressFrame(text);
    await writeAt(this.handle as FileHandle, frame, this.zstBytes);
    this.textHash.update(text);
    this.zstHash.update(frame);
    this.textBytes += text.length;
    this.zstBytes += frame.length;
    this.unsynced = true;
  }

  private async reread(zstBytes: number): Promise<void> {
    for await (const line of readLines(this.file, zstBytes)) {
      this.textHash.update(line).update(LF);
      this.textBytes += line.length + 1;
      this.note(line, decodeRecordLine(Buffer.from(line)));
    }
    for (let at = 0; at < zstBytes; ) {
      const chunk = await readAt(this.handle as FileHandle, at, Math.min(1024 * 1024, zstBytes - at));
      this.zstHash.update(chunk);
      at += chunk.length;
    }
    this.zstBytes = zstBytes;
  }
}

/** Opened without 'a', because Linux would then ignore the positions of writes. */
async function openForAppend(file: string): Promise<FileHandle> {
  return open(file, 'r+').catch((error: unknown) => {
    if (isMissing(error)) return open(file, 'wx+', 0o640);
    throw error;
  });
}

async function writeAt(handle: FileHandle, data: Buffer, position: number): Promise<void> {
  for (let done = 0; done < data.length; ) {
    done += (await handle.write(data, done, data.length - done, position + done)).bytesWritten;
  }
}
