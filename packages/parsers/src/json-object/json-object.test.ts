import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachLeaf, type JsonObject, readJsonObject } from './json-object.ts';

describe('readJsonObject', () => {
  it('reads what JSON.parse reads, wherever it begins', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (object, before) => {
        const text = JSON.stringify(object);
        expect(readJsonObject(before + text, before.length)).toEqual({ object: JSON.parse(text), cut: false });
      }),
    );
  });

  it('keeps whole members of an object cut at any place', () => {
    const object = { a: 'x,"}{', b: [1, { c: 'd' }], e: { f: { g: 'ş\\' } }, h: null, i: 5 };
    const text = JSON.stringify(object);
    for (let end = 1; end < text.length; end++) {
      const read = readJsonObject(text.slice(0, end), 0);
      if (read && end > text.indexOf('"b"')) expect(read.object.a).toBe(object.a);
      if (end > text.indexOf('"h"')) expect(read).toMatchObject({ cut: true, object: { a: object.a, b: object.b } });
    }
  });

  it.each(['', '[1]', 'x{}', '{', '{"a"', '{"a":', 'null', `${'{"a":['.repeat(5000)}1,`])('refuses %s', (text) =>
    expect(readJsonObject(text, 0)).toBeUndefined(),
  );
});

it('eachLeaf names nested members by their path, joins lists and stops at its bounds', () => {
  const leaves: Record<string, string> = {};
  const put = (name: string, value: string) => {
    leaves[name] = value;
  };
  eachLeaf({ a: { b: true, c: [1, 'x', null], d: [] }, e: null, f: [{ g: 1 }] }, '', put);
  expect(leaves).toEqual({ a_b: 'true', a_c: '1,x', f: '{"g":1}' });
  let deep: JsonObject = { end: 1 };
  for (let depth = 0; depth < 20; depth++) deep = { n: deep };
  let count = 0;
  eachLeaf({ deep, ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])) }, '', () => count++);
  expect(count).toBe(200);
});
