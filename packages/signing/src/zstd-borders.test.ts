import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitFrames } from './zstd-borders.ts';

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('each frame ends where it was written to end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 5000 }), fc.constant(Buffer.alloc(600_000))), { maxLength: 4 }),
      fc.integer({ min: 1, max: 3000 }),
      async (texts, size) => {
        const frames = texts.map((text) => zstdCompressSync(text));
        const lengths = [0];
        for await (const { bytes, last } of splitFrames(chunks(Buffer.concat(frames), size))) {
          lengths.push((lengths.pop() as number) + bytes.length);
          if (last) lengths.push(0);
        }
        expect(lengths).toEqual([...frames.map((frame) => frame.length), 0]);
      },
    ),
    { numRuns: 50 },
  );
});
