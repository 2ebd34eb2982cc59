import { expect, test } from 'vitest';
import { clauseOf, conjuncts, filterState, quoteValue, withFilter, withoutFilter } from './filters.ts';

test.each([
  ['denied', 'denied'],
  ['10.0.0.1', '10.0.0.1'],
  ['müdür_1', 'müdür_1'],
  ['2001:db8::1', '"2001:db8::1"'],
  ['a b', '"a b"'],
  ['say "hi" \\o/', '"say \\"hi\\" \\\\o/"'],
  ['*', '"*"'],
  ['-1', '"-1"'],
  ['OR', '"OR"'],
  ['', '""'],
])('value %j is written as %s', (value, expected) => expect(quoteValue(value)).toBe(expected));

test('filters are joined by AND', () => {
  expect(withFilter('', 'event.type', 'denied', 'include')).toBe('event.type:denied');
  expect(withFilter('event.type:denied', 'source.ip', '10.0.0.1', 'include')).toBe(
    'event.type:denied AND source.ip:10.0.0.1',
  );
  expect(withFilter('event.type:denied', 'rule.name', 'İç ağ', 'exclude')).toBe(
    'event.type:denied AND NOT rule.name:"İç ağ"',
  );
  expect(withFilter('a OR b', 'user.name', 'ayşe', 'only')).toBe('user.name:ayşe');
});

test('OR, words side by side and blanks keep their meaning', () => {
  expect(withFilter('a OR b', 'f', 'v', 'include')).toBe('(a OR b) AND f:v');
  expect(withFilter('a b', 'f', 'v', 'include')).toBe('a AND b AND f:v');
  expect(withFilter('a && NOT p: >= 5', 'f', 'v', 'include')).toBe('a AND NOT p:>=5 AND f:v');
  expect(withFilter('(a OR b) AND c', 'f', 'v', 'include')).toBe('(a OR b) AND c AND f:v');
  expect(withFilter('m:"a OR b" AND p:[1 TO 5]', 'f', 'v', 'exclude')).toBe('m:"a OR b" AND p:[1 TO 5] AND NOT f:v');
});

test('the same filter is not repeated, the opposite one replaced, and it can be taken away', () => {
  const once = withFilter('x AND f:v', 'f', 'v', 'include');
  expect(once).toBe('x AND f:v');
  expect(withFilter(once, 'f', 'v', 'exclude')).toBe('x AND NOT f:v');
  expect(filterState('x AND NOT f:v', 'f', 'v')).toBe('exclude');
  expect(withoutFilter('x AND NOT f:v', 'f', 'v')).toBe('x');
  expect(withoutFilter('a OR f:v', 'f', 'v')).toBe('a OR f:v');
});

test('a hostile value stays inside its quotes', () => {
  const evil = 'x" OR source.ip:*';
  expect(conjuncts(withFilter('a', 'user.name', evil, 'include'))).toEqual(['a', clauseOf('user.name', evil)]);
});
