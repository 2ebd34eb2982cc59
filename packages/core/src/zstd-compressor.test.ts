import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ZstdCompressor } from './zstd-compressor.ts';

const text = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  // Longer than what zlib hands out at a time, well and badly compressible.
  fc
    .tuple(fc.integer(), fc.integer({ min: 1, max: 255 }), fc.integer({ max: 1_500_000, min: 100_000 }))
    .map(([seed, mask, length]) => {
      const bytes = new Uint8Array(length);
      let state = seed | 1;
      for (let at = 0; at < length; at++) {
        state = Math.imul(state, 1_664_525) + 1_013_904_223;
        bytes[at] = (state >>> 16) & mask;
      }
      return bytes;
    }),
);

test('each frame stands for itself and holds what was given, in whatever order frames are asked for', async () => {
  const compressor = new ZstdCompressor({ level: 3, checksum: true });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
      const frames = await Promise.all(texts.map((bytes) => compressor.compress(bytes)));
      for (const [index, frame] of frames.entries()) {
        expect(zstdDecompressSync(frame).equals(texts[index] as Uint8Array)).toBe(true);
        expect(frame.readUInt32LE(0)).toBe(0xfd2fb528);
      }
    }),
    { numRuns: 30 },
  );
});

test('nothing makes an empty frame', async () => {
  const frame = await new ZstdCompressor({ level: 1 }).compress(new Uint8Array(0));
  expect(zstdDecompressSync(frame)).toHaveLength(0);
});
