import { once } from 'node:events';
import { createInflate } from 'node:zlib';
import { LumberjackError } from '@logmaster/parsers/framing/lumberjack';

const CHUNK_BYTES = 64 * 1024;

/**
 * Inflates one compressed frame as it comes in, on the thread pool: memory is a window of 32 KiB and a chunk, however
 * large the frame is or claims to be.
 */
export class Inflater {
  private readonly stream = createInflate({ chunkSize: CHUNK_BYTES });
  private readonly limit: number;
  private out = 0;
  private in = 0;
  private failure: Error | undefined;
  private readonly ended: Promise<unknown>;

  /** `onBytes` may throw: that ends the frame. */
  constructor(limit: number, onBytes: (bytes: Buffer) => void) {
    this.limit = limit;
    this.stream.on('data', (bytes: Buffer) => {
      if (this.failure !== undefined) return;
      try {
        this.out += bytes.length;
        if (this.out > this.limit)
          throw new LumberjackError(`a compressed frame of more than ${this.limit} bytes`, 'beats_bomb');
        onBytes(bytes);
      } catch (error) {
        this.failure = error as Error;
        this.stream.destroy();
      }
    });
    this.ended = once(this.stream, 'close');
    this.stream.on('error', (error) => {
      this.failure ??= new LumberjackError(`a compressed frame can not be inflated: ${error.message}`);
    });
    // Both are asked for in `finish`.
    this.ended.catch(() => undefined);
  }

  /** Resolves when there is room for more. Throws LumberjackError, or what `onBytes` threw. */
  async write(bytes: Buffer): Promise<void> {
    this.in += bytes.length;
    // A stream that fails does not call back.
    const written = new Promise<void>((resolve) => this.stream.write(bytes, () => resolve()));
    if (this.failure === undefined) await Promise.race([written, this.ended.catch(() => undefined)]);
    if (this.failure !== undefined) throw this.failure;
  }

  /** Resolves when all output was handed on. Throws when the frame ends in the middle, or not where its zlib stream does. */
  async finish(): Promise<void> {
    this.stream.end();
    await this.ended.catch(() => undefined);
    if (this.failure !== undefined) throw this.failure;
    if (this.stream.bytesWritten !== this.in)
      throw new LumberjackError('a compressed frame holds more than its zlib stream');
  }

  destroy(): void {
    this.stream.destroy();
  }
}
