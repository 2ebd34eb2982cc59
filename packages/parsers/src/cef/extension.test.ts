import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExtension } from './extension.ts';

const read = (text: string) => Object.fromEntries(readExtension(text, 0));

describe('readExtension', () => {
  it.each([
    ['src=10.0.0.1 dst=10.0.0.2', { src: '10.0.0.1', dst: '10.0.0.2' }],
    ['msg=two words act=deny', { msg: 'two words', act: 'deny' }],
    ['msg=a\\=b c\\\\d\\nе  act=x  ', { msg: 'a=b c\\d\nе', act: 'x' }],
    ['request=https://x.example/?a=1&b=2 in=5', { request: 'https://x.example/?a=1&b=2', in: '5' }],
    ['a= b=2', { a: '', b: '2' }],
    ['a=1 a=2', { a: '1' }],
    ['no pairs at all', {}],
    ['=x a=1', { a: '1' }],
    ['a=b =c d=1', { a: 'b =c', d: '1' }],
    ['ad.user[0]=x cs1Label=Rule Name', { 'ad.user[0]': 'x', cs1Label: 'Rule Name' }],
    ['a=1\tb=2', { a: '1', b: '2' }],
    ['a=ends in a backslash\\', { a: 'ends in a backslash\\' }],
  ])('%j', (text, expected) => expect(read(text)).toEqual(expected));

  it('gives back what was written by the standard', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '=', '\\', '|', ' ', 'ş'), minLength: 1, maxLength: 10 });
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, word), { selector: ([name]) => name, maxLength: 6 }), (pairs) => {
        const text = pairs.map(([name, value]) => `${name}=${value.replace(/[\\=]/g, '\\$&')}`).join(' ');
        expect(read(text)).toEqual(Object.fromEntries(pairs.map(([name, value]) => [name, value.trim()])));
      }),
    );
  });

  it('holds no more than 512 pairs of a hostile record', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `k${index}=v`).join(' ');
    expect(readExtension(text, 0).size).toBe(512);
  });
});
