/** Where zstd frames end (RFC 8878 § 3.1): each block's header says how long the block is. */

export class ZstdError extends Error {
  override readonly name = 'ZstdError';
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50; // the lowest four bits are free
const RESERVED_BLOCK = 3;
const RLE_BLOCK = 1;

export interface FramePart {
  readonly bytes: Buffer;
  /** True for the part that ends a frame. */
  readonly last: boolean;
}

/** Cuts a byte stream at the ends of its frames. Throws ZstdError, also when the last frame is cut off. */
export async function* splitFrames(source: AsyncIterable<Buffer>): AsyncGenerator<FramePart, void, undefined> {
  const frame = new FrameBounds();
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      const length = frame.advance(chunk, from);
      yield { bytes: chunk.subarray(from, from + length), last: frame.atStart };
      from += length;
    }
  }
  if (!frame.atStart) throw new ZstdError('it is cut off inside a zstd frame');
}

type Part = 'magic' | 'skip-size' | 'descriptor' | 'header' | 'block' | 'body' | 'checksum';

/** Follows the headers of one frame after another, however the bytes are cut into chunks. */
class FrameBounds {
  #part: Part = 'magic';
  /** Bytes of the current part still to come, and those of a header seen so far (14 at most). */
  #left = 4;
  #header: number[] = [];
  #last = false;
  #checksum = false;

  get atStart(): boolean {
    return this.#part === 'magic' && this.#left === 4;
  }

  /** Takes bytes up to the end of the chunk or of the frame; returns how many. */
  advance(chunk: Buffer, from: number): number {
    let at = from;
    do {
      const taken = Math.min(this.#left, chunk.length - at);
      if (this.#part !== 'body' && this.#part !== 'header' && this.#part !== 'checksum') {
        for (let i = 0; i < taken; i++) this.#header.push(chunk[at + i] as number);
      }
      at += taken;
      this.#left -= taken;
      while (this.#left === 0) this.#finishPart();
    } while (at < chunk.length && !this.atStart);
    return at - from;
  }

  #enter(part: Part, length: number): void {
    this.#part = part;
    this.#left = length;
    this.#header = [];
  }

  #finishPart(): void {
    const value = this.#header.reduceRight((sum, byte) => sum * 256 + byte, 0);
    switch (this.#part) {
      case 'magic':
        this.#begin(value);
        break;
      case 'skip-size':
        this.#last = true;
        this.#checksum = false;
        this.#enter('body', value);
        break;
      case 'descriptor': {
        const single = (value & 0x20) !== 0;
        const contentSize = [single ? 1 : 0, 2, 4, 8][value >> 6] as number;
        const dictionaryId = [0, 1, 2, 4][value & 3] as number;
        this.#checksum = (value & 4) !== 0;
        this.#enter('header', (single ? 0 : 1) + dictionaryId + contentSize);
        break;
      }
      case 'header':
        this.#enter('block', 3);
        break;
      case 'block': {
        const type = (value >> 1) & 3;
        if (type === RESERVED_BLOCK) throw new ZstdError('it has a damaged zstd block');
        this.#last = (value & 1) === 1;
        this.#enter('body', type === RLE_BLOCK ? 1 : value >> 3);
        break;
      }
      case 'body':
        if (!this.#last) this.#enter('block', 3);
        else if (this.#checksum) this.#enter('checksum', 4);
        else this.#enter('magic', 4);
        break;
      case 'checksum':
        this.#enter('magic', 4);
        break;
    }
  }

  #begin(magic: number): void {
    if (magic === MAGIC) this.#enter('descriptor', 1);
    else if (magic - (magic % 16) === SKIPPABLE_MAGIC) this.#enter('skip-size', 4);
    else throw new ZstdError('it has bytes that are no zstd frame');
  }
}
