import { describe, expect, it } from 'vitest';
import { flatten } from './flatten.ts';

describe('flatten', () => {
  it('joins nested names by dots and plain lists by commas, and numbers objects in lists', () => {
    const { values, cut } = flatten({ a: { b: 1, c: [1, 'x'] }, d: [{ e: true }, { e: false }], n: null });
    expect([...values]).toEqual([
      ['a.b', '1'],
      ['a.c', '1, x'],
      ['d.0.e', 'true'],
      ['d.1.e', 'false'],
    ]);
    expect(cut).toBe(false);
  });

  it('leaves out what stands under a name too long to be repeated', () => {
    const { values, cut } = flatten({ ['k'.repeat(30_000)]: { a: 1, b: 2 }, c: 3 });
    expect([...values]).toEqual([['c', '3']]);
    expect(cut).toBe(true);
  });
});
