import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { RawRecord } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import { leafHash, leafHashInPlace, MerkleTree } from '@logmaster/signing/merkle';
import { decodeRecordLine, RecordLineWriter, type RecordView } from '@logmaster/signing/record-line';
import { isMissing, readAt } from '../files.ts';
import { compressFrame, readLines } from './zstd-frames.ts';

const LF = 0x0a;

export interface SegmentDigest {
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly text: { readonly bytes: number; readonly sha256: string };
  readonly zst: { readonly bytes: number; readonly sha256: string };
  readonly merkle: { readonly size: number; readonly root: string };
}

/** Room for a flush that is nearly due and one more journal block; a buffer that had to be longer is not kept. */
const TEXT_BYTES = 2560 * 1024;

/** The growing records file of one site's open segment, with everything its manifest will say about it. */
export class OpenSegment {
  private readonly file: string;
  private handle: FileHandle | undefined;
  private readonly lines = new RecordLineWriter();
  /** One byte that no line is in, then the lines that are not yet flushed. */
  private text = Buffer.alloc(0);
  pendingBytes = 0;
  /** performance.now() of the oldest unflushed line. */
  pendingSince = 0;
  textBytes = 0;
  /** Flushed; the file may be longer only after a crash. */
  zstBytes = 0;
  count = 0;
  private first: string | null = null;
  private lastPrefix = '';
  private lastSequence = 0;
  private readonly textHash: Hash = createHash('sha256');
  private readonly zstHash: Hash = createHash('sha256');
  private readonly tree = new MerkleTree();
  /** Latest received-at; 0 without records. */
  newest: Micros = 0;
  private readonly counters = new Map<string, { readonly address: string; records: number }>();
  /** The sender's of the newest record. */
  private counter: { readonly address: string; records: number } | undefined;
  /** The buffer of the flush before. */
  private spare = Buffer.alloc(0);
  private unsynced = false;

  private constructor(file: string) {
    this.file = file;
  }

  /** Records per source address. */
  get journaled(): ReadonlyMap<string, number> {
    return new Map([...this.counters.values()].map(({ address, records }) => [address, records]));
  }

  /** Opens the file cut back to `zstBytes`, and reads what is left of it. 0: a new, empty one. */
  static async open(file: string, zstBytes: number): Promise<OpenSegment> {
    const segment = new OpenSegment(file);
    segment.handle = await openForAppend(file);
    await segment.handle.truncate(zstBytes);
    if (zstBytes > 0) await segment.reread(zstBytes);
    return segment;
  }

  append(record: RecordView): void {
    if (this.pendingBytes === 0) this.pendingSince = performance.now();
    const start = 1 + this.pendingBytes;
    this.makeRoom(start + RecordLineWriter.room(record));
    const end = this.lines.write(this.text, start, record);
    this.tree.appendLatin1(leafHashInPlace(this.text, start, end));
    this.text[end] = LF;
    this.pendingBytes = end;
    this.note(record);
  }

  /** Compresses what is pending into one frame and appends it to the file. Durable after `sync`. */
  async flush(): Promise<void> {
    if (this.pendingBytes === 0) return;
    const { text } = this;
    const lines = text.subarray(1, 1 + this.pendingBytes);
    // Lines that come while this is compressed go into memory of their own.
    this.text = this.spare;
    this.spare = Buffer.alloc(0);
    this.pendingBytes = 0;
    await this.write(lines);
    if (text.length <= TEXT_BYTES) this.spare = text;
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
      last: this.count === 0 ? null : `${this.lastPrefix}${this.lastSequence}`,
      text: { bytes: this.textBytes, sha256: this.textHash.digest('hex') },
      zst: { bytes: this.zstBytes, sha256: this.zstHash.digest('hex') },
      merkle: { size: this.tree.size, root: this.tree.root().toString('hex') },
    };
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
  }

  private makeRoom(bytes: number): void {
    if (bytes <= this.text.length) return;
    const longer = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.text.length, 64 * 1024));
    this.text.copy(longer, 0, 0, 1 + this.pendingBytes);
    this.text = longer;
  }

  private note({ idPrefix, sequence, source, receivedAt }: RecordView): void {
    this.count += 1;
    if (this.first === null) this.first = `${idPrefix}${sequence}`;
    this.lastPrefix = idPrefix;
    this.lastSequence = sequence;
    if (receivedAt > this.newest) this.newest = receivedAt;
    const counter = this.counter;
    if (counter?.address === source.address) {
      counter.records += 1;
      return;
    }
    const found = this.counters.get(source.address) ?? { address: source.address, records: 0 };
    this.counters.set(source.address, found);
    found.records += 1;
    this.counter = found;
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
      this.textHash.update(line).update('\n');
      this.textBytes += line.length + 1;
      this.tree.append(leafHash(line));
      this.note(viewOf(decodeRecordLine(line)));
    }
    for (let at = 0; at < zstBytes; ) {
      const chunk = await readAt(this.handle as FileHandle, at, Math.min(1024 * 1024, zstBytes - at));
      this.zstHash.update(chunk);
      at += chunk.length;
    }
    this.zstBytes = zstBytes;
  }
}

function viewOf({ id, receivedAt, sourceAddress, sourcePort, transport, flags, raw }: RawRecord): RecordView {
  const sequence = id.slice(id.lastIndexOf('.') + 1);
  return {
    idPrefix: id.slice(0, -sequence.length),
    sequence: Number(sequence),
    receivedAt,
    source: { address: sourceAddress, port: sourcePort, transport },
    flags,
    bytes: raw,
    from: 0,
    to: raw.length,
    escapes: true,
  };
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
