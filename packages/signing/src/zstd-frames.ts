import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { type FramePart, splitFrames, ZstdError } from './zstd-borders.ts';

/**
 * Reading files of several zstd frames (RFC 8878 § 3.1). Node's own decompressor ends after the first frame when the
 * next one begins inside the same chunk, so frames are told apart here, by their headers, and given to it one by one.
 */

/** Text handed on at once: larger than Node's 16 KiB, as each chunk costs a turn of the event loop. */
const CHUNK_BYTES = 128 * 1024;

/** The text of all frames, in chunks. Throws ZstdError, also when the last frame is cut off. Memory: one window. */
export async function* decompressFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const parts = splitFrames(source);
  try {
    for (let first = await parts.next(); !first.done; first = await parts.next()) {
      yield* decompressFrame(first.value, parts);
    }
  } finally {
    await parts.return(undefined);
  }
}

async function* decompressFrame(first: FramePart, parts: AsyncGenerator<FramePart, void, undefined>) {
  async function* frame() {
    yield first.bytes;
    for (let last = first.last; !last; ) {
      const part = await parts.next();
      if (part.done) return;
      yield part.value.bytes;
      last = part.value.last;
    }
  }
  const decompressor = createZstdDecompress({ chunkSize: CHUNK_BYTES });
  const feeding = pipeline(Readable.from(frame()), decompressor);
  // Its failure also ends the loop below, which is where it is reported.
  feeding.catch(() => undefined);
  try {
    for await (const chunk of decompressor) yield chunk as Buffer;
    await feeding;
  } catch (cause) {
    throw cause instanceof ZstdError ? cause : new ZstdError('it can not be decompressed', { cause });
  } finally {
    decompressor.destroy();
  }
}
