import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLines } from './byte-lines.ts';

async function* chunksOf(text: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
}

async function lines(text: string | Buffer, size = 3, limit = 100): Promise<string[]> {
  const found: string[] = [];
  for await (const line of byteLines(chunksOf(Buffer.from(text), size), limit)) found.push(line.toString('latin1'));
  return found;
}

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\r\nb\n', ['a', 'b']],
  ['\n\nx', ['', '', 'x']],
  ['a\rb\n', ['a\rb']],
])('%j gives %j', async (text, expected) => {
  expect(await lines(text)).toEqual(expected);
});

test('a line over the limit is cut, the next one is whole', async () => {
  expect(await lines(`${'x'.repeat(50)}\nshort\n`, 7, 10)).toEqual(['x'.repeat(10), 'short']);
  expect(await lines(`${'x'.repeat(10)}\r\nshort\n`, 7, 10)).toEqual(['x'.repeat(10), 'short']);
});

test('lines do not depend on how the bytes arrive', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array.map((byte) => byte % 14)));
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (text, size) => {
      expect(await lines(text, size, 20)).toEqual(await lines(text, 1_000, 20));
    }),
  );
});
