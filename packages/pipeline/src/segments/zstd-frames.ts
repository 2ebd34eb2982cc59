import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { AppError } from '@logmaster/core/errors';
import { ZstdCompressor } from '@logmaster/core/zstd-compressor';
import { readAt } from '../files.ts';

/**
 * Zstandard frames (RFC 8878 § 3.1). A records file is several frames one after the other; Node's decompressor stops
 * behind the first, so the borders are found here: each block header says how long its block is.
 */

/** Frames hold one flush each, about 1 MiB of text and one longest line; anything far beyond is not ours. */
const MAX_FRAME_TEXT = 16 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;
const MAGIC = 0xfd2fb528;
const LEVEL = 3;

/** One for all segments: a frame takes about a millisecond, and they come one by one. */
const compressor = new ZstdCompressor({ level: LEVEL, checksum: true });
const decompress = promisify(zstdDecompress);

/** One frame with a content checksum. `text` may not change before it is there. */
export function compressFrame(text: Buffer): Promise<Buffer> {
  return compressor.compress(text);
}

/** Length of the frame that begins at `at`; undefined when the buffer ends before it does. Throws on other bytes. */
export function frameLength(buffer: Buffer, at: number): number | undefined {
  if (buffer.length - at < 5) return undefined;
  if (buffer.readUInt32LE(at) !== MAGIC) throw new AppError('INTERNAL', { detail: 'no zstd frame' });
  const descriptor = buffer.readUInt8(at + 4);
  const single = (descriptor >> 5) & 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6] as number;
  let next = at + 5 + (1 - single) + dictionaryBytes + sizeBytes;
  for (;;) {
    if (next + 3 > buffer.length) return undefined;
    const header = buffer.readUIntLE(next, 3);
    // An RLE block (type 1) is one byte, whatever its size says.
    next += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
    if (header & 1) break;
  }
  next += descriptor & 4 ? 4 : 0;
  return next > buffer.length ? undefined : next - at;
}

/** The text of each frame in the first `bytes` of a records file, in order. Throws when they are no whole frames. */
export async function* readFrames(file: string, bytes: number): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    while (offset < bytes || rest.length > 0) {
      const length = rest.length > 0 ? frameLength(rest, 0) : undefined;
      if (length !== undefined) {
        yield await decompress(rest.subarray(0, length), { maxOutputLength: MAX_FRAME_TEXT });
        rest = rest.subarray(length);
        continue;
      }
      const chunk = await readAt(handle, offset, Math.min(READ_BYTES, bytes - offset));
      if (chunk.length === 0) throw new AppError('INTERNAL', { detail: `${file} ends inside a zstd frame` });
      offset += chunk.length;
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    }
  } finally {
    await handle.close();
  }
}

/** The lines of a records file, without LF. A view each: copy what is kept. */
export async function* readLines(file: string, bytes: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const text of readFrames(file, bytes)) {
    const whole = rest.length === 0 ? text : Buffer.concat([rest, text]);
    let at = 0;
    for (let end = whole.indexOf(0x0a, at); end >= 0; end = whole.indexOf(0x0a, at)) {
      yield whole.subarray(at, end);
      at = end + 1;
    }
    rest = whole.subarray(at);
  }
  if (rest.length > 0) throw new AppError('INTERNAL', { detail: `${file} ends inside a line` });
}
