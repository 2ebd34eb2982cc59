import { expect, test } from 'vitest';
import { marksOf } from './marks.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const usual = { lowBytes: undefined, reserveBytes: 64 * MIB };

test('marks follow the size of the file system, within bounds', () => {
  expect(marksOf(100 * GIB, usual)).toEqual({ lowBytes: 5 * GIB, reserveBytes: 64 * MIB });
  expect(marksOf(4096 * GIB, usual)).toEqual({ lowBytes: 16 * GIB, reserveBytes: 64 * MIB });
  expect(marksOf(4 * GIB, usual)).toEqual({ lowBytes: 512 * MIB, reserveBytes: 64 * MIB });
});

test('on a small file system they are a quarter of it, and of that', () => {
  expect(marksOf(64 * MIB, usual)).toEqual({ lowBytes: 16 * MIB, reserveBytes: 4 * MIB });
  expect(marksOf(64 * MIB, { lowBytes: GIB, reserveBytes: 0 })).toEqual({ lowBytes: 16 * MIB, reserveBytes: 0 });
});

test('what is told counts', () => {
  expect(marksOf(100 * GIB, { lowBytes: GIB, reserveBytes: 8 * MIB })).toEqual({
    lowBytes: GIB,
    reserveBytes: 8 * MIB,
  });
});
