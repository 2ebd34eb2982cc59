import { type KeyValueDefinition, parserDefinitionSchema } from '@logmaster/core/custom-parsers/definition';
import { expect, test } from 'vitest';
import { compilePairs } from './pair-reader.ts';

function read(text: string, options: Record<string, unknown> = {}) {
  const given = { name: 'a', kind: 'key_value', applies_to: { devices: ['d'] }, ...options };
  const definition = parserDefinitionSchema.parse(given) as KeyValueDefinition;
  const pairs = compilePairs(definition)(text);
  return pairs && Object.fromEntries(pairs);
}

test.each([
  ['a=1 b="x y" c= d=2', {}, { a: '1', b: 'x y', c: '', d: '2' }],
  ['first words a=1 and more b=2', {}, { a: '1', b: '2' }],
  ['say="he said \\"no\\"" b=2', {}, { say: 'he said "no"', b: '2' }],
  ['a="never closed b=2', {}, { a: 'never closed b=2' }],
  ['a=b=c d=e', {}, { a: 'b=c', d: 'e' }],
  [
    'Source IP: 10.0.0.1; User: Ayşe Yılmaz;Action:deny',
    { pair_separator: ';', key_value_separator: ':' },
    { 'Source IP': '10.0.0.1', User: 'Ayşe Yılmaz', Action: 'deny' },
  ],
  ['a=1||b=2|c=3', { pair_separator: '|' }, { a: '1', b: '2', c: '3' }],
  ["a='x y' b=1", { quote: "'" }, { a: 'x y', b: '1' }],
  ['a="1" b=2', { quote: null }, { a: '"1"', b: '2' }],
  ['x=0 EVT: a=1', { begins_after: 'EVT: ' }, { a: '1' }],
  ['a=1\tb=2 3', { pair_separator: '\t' }, { a: '1', b: '2 3' }],
])('%s (%j)', (text, options, pairs) => {
  expect(read(text, options)).toEqual(pairs);
});

test.each([
  ['no pairs here', {}],
  ['a=1', { begins_after: 'EVT' }],
  ['', {}],
])('%j has none (%j)', (text, options) => {
  expect(read(text, options)).toBeUndefined();
});

test('a record of nothing but pairs or quotes is read up to the bound', () => {
  expect(Object.keys(read(Array.from({ length: 5000 }, (_, n) => `k${n}=1`).join(' ')) ?? {})).toHaveLength(256);
  expect(read(`a=${'"\\'.repeat(30_000)}`)).toBeDefined();
});
