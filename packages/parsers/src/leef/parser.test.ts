import { expect, it } from 'vitest';
import { readAttributes } from './attributes.ts';
import { readLeefHeader } from './header.ts';

it.each([
  ['LEEF:2.0|V|P|1|e|^|a=1^b=2', '^', { a: '1', b: '2' }],
  ['LEEF:2.0|V|P|1|e|x5E|a=1^b=2', '^', { a: '1', b: '2' }],
  ['LEEF:2.0|V|P|1|e|0x09|a=1\tb=two words', '\t', { a: '1', b: 'two words' }],
  ['LEEF:2.0|V|P|1|e|\\t|a=1\tb=2', '\t', { a: '1', b: '2' }],
  ['LEEF:2.0|V|P|1|e||a=1\tb=2', undefined, { a: '1', b: '2' }],
  ['LEEF:2.0|V|P|1|e|a=1\tb=2', undefined, { a: '1', b: '2' }],
  ['LEEF:1.0|V|P|1|e|a=1\tb=x|y', undefined, { a: '1', b: 'x|y' }],
  ['LEEF:1.0|V|P|1|e|a=1 b=two words c=3', undefined, { a: '1', b: 'two words', c: '3' }],
  ['LEEF:1.0|V|P|1|e|a=1#011b=two words#011c=#0115', undefined, { a: '1', b: 'two words', c: '' }],
  ['LEEF:2.0|V|P|1|e|a=1|b=2', undefined, { a: '1', b: '2' }],
  ['LEEF:2.0|V|P|1|e|', undefined, {}],
])('%j', (text, delimiter, expected) => {
  const header = readLeefHeader(text, 0);
  expect(header).toMatchObject({ vendor: 'V', product: 'P', version: '1', eventId: 'e', delimiter });
  expect(Object.fromEntries(readAttributes(text, header?.attributesAt ?? 0, header?.delimiter))).toEqual(expected);
});

it('a header that is cut is none', () => {
  for (const text of ['LEEF:', 'LEEF:2.0', 'LEEF:2.0|V|P', 'LEEF:2.0|V|P|1|e']) {
    expect(readLeefHeader(text, 0)).toBeUndefined();
  }
});
