import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDelimited } from './delimited.ts';
import { pairFormOf } from './form.ts';

function read(text: string, delimiter: string, assign = '='): readonly (readonly [string, string, boolean])[] {
  const pairs: [string, string, boolean][] = [];
  readDelimited(text, 0, delimiter, (key, value, unclosed) => pairs.push([key, value, unclosed]), assign);
  return pairs;
}

describe('readDelimited', () => {
  it.each([
    [
      'a=1,b=2',
      ',',
      [
        ['a', '1', false],
        ['b', '2', false],
      ],
    ],
    [
      'a=1, b="x, y" ,c=',
      ',',
      [
        ['a', '1', false],
        ['b', 'x, y', false],
        ['c', '', false],
      ],
    ],
    ['words,a=1', ',', [['a', '1', false]]],
    [
      'a="say \\"x\\"; y";b=2',
      ';',
      [
        ['a', 'say "x"; y', false],
        ['b', '2', false],
      ],
    ],
    ['a="open;b=2', ';', [['a', 'open;b=2', true]]],
    [
      'a=x=y|b=',
      '|',
      [
        ['a', 'x=y', false],
        ['b', '', false],
      ],
    ],
    ['=1|', '|', []],
    ['', ',', []],
  ])('%j by %j', (text, delimiter, expected) => expect(read(text, delimiter)).toEqual(expected));

  it('takes another sign of assignment, also when it stands twice before a quote', () => {
    expect(read('action:"Accept"; src:"::1"; m::"a: b"; x: ::1', ';', ':')).toEqual([
      ['action', 'Accept', false],
      ['src', '::1', false],
      ['m', 'a: b', false],
      ['x', '::1', false],
    ]);
  });

  it('gives back quoted values whatever they hold', () => {
    const value = fc.string({ unit: fc.constantFrom('a', ';', '"', '\\', ' ', '=', ':', 'ş'), maxLength: 10 });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (values) => {
        const text = values.map((each, at) => `k${at}="${each.replace(/["\\]/g, '\\$&')}"`).join('; ');
        expect(read(text, ';').map(([, each]) => each)).toEqual(values);
      }),
    );
  });
});

it.each([
  ['a=1 b=2 c=3', ' ', 3],
  ['a=1,b=2,c=3', ',', 3],
  ['a=1, b=2, c=3', ',', 3],
  ['a=1|b=x y|c=3', '|', 3],
  ['a=1\tb=2', '\t', 2],
  ['x==y a=https://x/?q=1&r=2', ' ', 2],
  ['1=2 =3', ' ', 0],
  ['no pairs', ' ', 0],
])('pairs of %j', (text, delimiter, pairs) => {
  expect(pairFormOf(text, 0, text.length)).toEqual({ delimiter, pairs });
});
