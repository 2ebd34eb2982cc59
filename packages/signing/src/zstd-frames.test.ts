import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decompressFrames } from './zstd-frames.ts';

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function text(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of decompressFrames(source)) parts.push(part);
  return Buffer.concat(parts);
}

test('concatenated frames are read to the end, however they are cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constant(Buffer.alloc(300_000, 'abc'))), {
        maxLength: 4,
      }),
      fc.integer({ min: 1, max: 500 }),
      async (parts, size) => {
        const file = Buffer.concat(parts.map((part) => zstdCompressSync(part)));
        expect(Buffer.concat(parts).equals(await text(chunks(file, size)))).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test('frames without content size or checksum, and skippable frames', async () => {
  // `printf a | zstd -c`, with and without `--no-check`: neither knows its content size.
  const checked = Buffer.from('28b52ffd0458090000615b6e8ca9', 'hex');
  const unchecked = Buffer.from('28b52ffd005809000061', 'hex');
  const skippable = Buffer.from('5c2a4d1803000000010203', 'hex');
  expect(
    (await text(chunks(Buffer.concat([checked, skippable, unchecked, zstdCompressSync('b')]), 7))).toString(),
  ).toBe('aab');
});

const FRAME = zstdCompressSync(Buffer.from('some text that is long enough '.repeat(20)));

test.each([
  ['cut off', FRAME.subarray(0, -1)],
  ['cut off in its magic number', Buffer.concat([FRAME, FRAME.subarray(0, 2)])],
  ['no zstd', Buffer.from('<html>not found</html>')],
  ['bytes behind the frame', Buffer.concat([FRAME, Buffer.from('tail')])],
])('refused: %s', async (_, bytes) => {
  await expect(text(chunks(bytes, 64))).rejects.toThrow(/^it /);
});

test('a reader that stops early leaves nothing open', async () => {
  let closed = false;
  async function* source() {
    try {
      for (;;) yield FRAME;
    } finally {
      closed = true;
    }
  }
  for await (const _ of decompressFrames(source())) break;
  expect(closed).toBe(true);
});
