import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { AppError } from '@logmaster/core/errors';
import { ZstdCompressor } from '@logmaster/core/zstd-compressor';
import { splitFrames, ZstdError } from '@logmaster/signing/zstd-borders';
import { readAt } from '../files.ts';

/** A records file is several zstd frames one after the other. Node's decompressor stops behind the first. */

/** Frames hold one flush each, about 1 MiB of text and one longest line; anything far beyond is not ours. */
const MAX_FRAME_TEXT = 16 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;
const LEVEL = 3;

/** One for all segments: a frame takes about a millisecond, and they come one by one. */
const compressor = new ZstdCompressor({ level: LEVEL, checksum: true });
const decompress = promisify(zstdDecompress);

/** One frame with a content checksum. `text` may not change before it is there. */
export function compressFrame(text: Buffer): Promise<Buffer> {
  return compressor.compress(text);
}

/** The text of each frame in the first `bytes` of a records file, in order. Throws when they are no whole frames. */
export async function* readFrames(file: string, bytes: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  try {
    for await (const part of splitFrames(readChunks(file, bytes))) {
      parts.push(part.bytes);
      if (!part.last) continue;
      const frame = parts.length === 1 ? part.bytes : Buffer.concat(parts);
      parts = [];
      yield await decompress(frame, { maxOutputLength: MAX_FRAME_TEXT });
    }
  } catch (error) {
    if (!(error instanceof ZstdError)) throw error;
    throw new AppError('INTERNAL', { detail: `${file}: ${error.message}`, cause: error });
  }
}

async function* readChunks(file: string, bytes: number): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    for (let offset = 0; offset < bytes; ) {
      const chunk = await readAt(handle, offset, Math.min(READ_BYTES, bytes - offset));
      if (chunk.length === 0) throw new AppError('INTERNAL', { detail: `${file} is shorter than ${bytes} bytes` });
      offset += chunk.length;
      yield chunk;
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
