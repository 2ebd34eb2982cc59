import { expect, test } from 'vitest';
import { tarHeader, tarPadding } from './tar.ts';

test.each([
  [0, 0],
  [1, 511],
  [512, 0],
  [513, 511],
])('%i bytes are followed by %i zeros', (size, zeros) => {
  expect(tarPadding(size)).toHaveLength(zeros);
});

test('the checksum is over the header with blanks in its place', () => {
  const header = tarHeader({ name: 'a/b', size: 5, mtime: 1 });
  const stated = Number.parseInt(header.toString('latin1', 148, 154), 8);
  header.fill(' ', 148, 156);
  expect(header.reduce((sum, byte) => sum + byte, 0)).toBe(stated);
});

test.each(['', 'x'.repeat(101), 'ş', 'a\nb', 'a\0'])('the name %j is refused', (name) => {
  expect(() => tarHeader({ name, size: 0, mtime: 0 })).toThrow(RangeError);
});
