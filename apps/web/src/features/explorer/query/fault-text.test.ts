import { diagnose } from '@logmaster/search/query/language';
import { expect, test } from 'vitest';
import en from '../../../../messages/en.json';
import { recogniseFault } from './fault-text.ts';

/** A query for each thing that can be wrong. */
test.each([
  ['()', 'nothingBetween'],
  ['a)', 'noOpening'],
  ['(a', 'notClosed'],
  ['"a', 'quoteOpen'],
  ['event.type:', 'valueMissing'],
  ['source.port:[1 TO', 'rangeShape'],
  ['source.port:>', 'comparisonValue'],
  ['a AND', 'somethingAfter'],
  ['roam~2', 'fuzzy'],
  ['/a+/', 'regex'],
  ['a\\', 'backslash'],
  ['sourc.ip:10.0.0.1', 'noFieldMeant'],
  ['qqqqqqqqqqqqqqqqqq:1', 'noField'],
  ['event.type:(source.ip:10.0.0.1)', 'fieldInside'],
  ['*:a', 'starField'],
  ['[1 TO 5]', 'rangeNeedsField'],
  ['>5', 'comparisonNeedsField'],
  ['event.start:soon', 'isTime'],
  ['source.port:abc', 'isNumber'],
  ['source.ip:abc', 'isAddress'],
  ['source.port:1*', 'noWildcard'],
  ['source.ip:[1 TO 5]', 'needsAddress'],
  ['source.ip:[10.0.0.1 TO 2001:db8::1]', 'mixedFamilies'],
  ['user.name:>5', 'isText'],
  [`${'('.repeat(60)}a${')'.repeat(60)}`, 'tooDeep'],
  [Array.from({ length: 600 }, (_, i) => `a${i}`).join(' '), 'tooMany'],
])('%s', (text, key) => {
  const message = diagnose(text)?.message ?? '';
  expect(recogniseFault(message)?.key, message).toBe(key);
  expect(Object.keys(en.faults)).toContain(key);
});

test('the names in the sentence are kept', () => {
  expect(recogniseFault(diagnose('sourc.ip:10.0.0.1')?.message ?? '')).toMatchObject({ a: 'sourc.ip', b: 'source.ip' });
});

test('a sentence of another version is left as it is', () => {
  expect(recogniseFault('Something quite new')).toBeNull();
});
