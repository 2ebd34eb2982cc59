import { createHash, type Hash } from 'node:crypto';
import type { RawRecord } from '@logmaster/core/record';
import type { FileDigest } from '../file-digest.ts';
import { leafHash, MerkleTree } from '../merkle.ts';
import { decodeRecordLine, MAX_LINE_BYTES } from '../record-line.ts';
import { ZstdError } from '../zstd-borders.ts';
import { decompressFrames } from '../zstd-frames.ts';

/** What the records of one segment really are, to be compared with what its manifest says. */
export interface RecordsFound {
  readonly zst: FileDigest;
  readonly text: FileDigest;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly root: string;
  /** Why reading stopped before the end: not zstd, longer than stated, a line too long or without its LF. */
  readonly fault: string | undefined;
}

export interface ReadRecordsOptions {
  /** Reading stops when the text gets longer than this: a small file may unfold to terabytes. */
  readonly maxTextBytes: number;
  /** Further hash over the text, e.g. that of the whole day. */
  readonly alsoHash?: Hash | undefined;
  /** Each record in order. A line that is no record is given as undefined. */
  readonly onRecord: (record: RawRecord | undefined, index: number) => void;
}

const LF = 0x0a;

/** Reads zstd frames of record lines once; memory is bounded by a zstd window and the longest line. */
export async function readRecords(source: AsyncIterable<Buffer>, options: ReadRecordsOptions): Promise<RecordsFound> {
  const zst = new Digester();
  const text = new Digester(options.alsoHash);
  const tree = new MerkleTree();
  const lines = new LineReader((line) => {
    tree.append(leafHash(line));
    const record = decodeOrUndefined(line);
    first ??= record?.id ?? null;
    last = record?.id ?? null;
    options.onRecord(record, tree.size - 1);
  });
  let first: string | null = null;
  let last: string | null = null;
  let fault: string | undefined;
  try {
    for await (const chunk of decompressFrames(zst.through(source))) {
      text.update(chunk);
      if (text.bytes > options.maxTextBytes) throw new ZstdError('its text is longer than its manifest says');
      lines.push(chunk);
    }
    lines.end();
  } catch (thrown) {
    if (!(thrown instanceof ZstdError)) throw thrown;
    fault = thrown.message;
  }
  const root = tree.root().toString('hex');
  return { zst: zst.digest(), text: text.digest(), count: tree.size, first, last, root, fault };
}

function decodeOrUndefined(line: Buffer): RawRecord | undefined {
  try {
    return decodeRecordLine(line);
  } catch {
    return undefined; // the caller reports it, with its place
  }
}

class Digester {
  readonly #hash = createHash('sha256');
  readonly #also: Hash | undefined;
  bytes = 0;

  constructor(also?: Hash) {
    this.#also = also;
  }

  update(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#also?.update(chunk);
    this.bytes += chunk.length;
  }

  async *through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      this.update(chunk);
      yield chunk;
    }
  }

  digest(): FileDigest {
    return { bytes: this.bytes, sha256: this.#hash.digest('hex') };
  }
}

/** Cuts chunks into lines without their LF; a line may span chunks. */
class LineReader {
  readonly #onLine: (line: Buffer) => void;
  #carry: Buffer[] = [];
  #carried = 0;

  constructor(onLine: (line: Buffer) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      const part = chunk.subarray(from, end);
      this.#onLine(this.#carried === 0 ? part : Buffer.concat([...this.#carry, part]));
      this.#carry = [];
      this.#carried = 0;
      from = end + 1;
    }
    if (from === chunk.length) return;
    this.#carry.push(chunk.subarray(from));
    this.#carried += chunk.length - from;
    if (this.#carried > MAX_LINE_BYTES) throw new ZstdError('it has a line that is too long for a record');
  }

  end(): void {
    if (this.#carried > 0) throw new ZstdError('its last line has no LF');
  }
}
