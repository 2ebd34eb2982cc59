import { constants, createZstdCompress, type ZstdCompress } from 'node:zlib';

export interface ZstdOptions {
  readonly level: number;
  /** A checksum of the content at the end of each frame (RFC 8878 § 3.1.1). */
  readonly checksum?: boolean;
}

/** Log text shrinks to less than this: one call into zstd and not one for each 16 KiB. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Makes frames with one context of zstd, in the thread pool, one after the other. A context is some megabytes that
 * Node counts as memory of the heap: made anew for each frame, it calls for a garbage collection every few frames.
 */
export class ZstdCompressor {
  private readonly options: ZstdOptions;
  private stream: ZstdCompress | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: ZstdOptions) {
    this.options = options;
  }

  /** One whole frame. `bytes` may not change before it is there. */
  compress(bytes: Uint8Array): Promise<Buffer> {
    const frame = this.last.then(() => this.makeFrame(bytes));
    // Whoever asked hears of a failure; the next frame has a context of its own.
    this.last = frame.catch(() => undefined);
    return frame;
  }

  private makeFrame(bytes: Uint8Array): Promise<Buffer> {
    this.stream ??= this.open();
    const { stream } = this;
    const parts: Buffer[] = [];
    return new Promise((resolve, reject) => {
      const onData = (part: Buffer) => parts.push(part);
      const onError = (error: Error) => {
        this.stream = undefined;
        reject(error);
      };
      stream.on('data', onData);
      stream.once('error', onError);
      stream.write(bytes);
      // The end of a frame is not the end of the stream: what is written next begins another one.
      stream.flush(constants.ZSTD_e_end, () => {
        // Hands over what has not yet been.
        stream.read();
        stream.off('data', onData);
        stream.off('error', onError);
        resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
      });
    });
  }

  private open(): ZstdCompress {
    const { level, checksum = false } = this.options;
    return createZstdCompress({
      chunkSize: CHUNK_BYTES,
      params: {
        [constants.ZSTD_c_compressionLevel]: level,
        [constants.ZSTD_c_checksumFlag]: checksum ? 1 : 0,
      },
    });
  }
}
