import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelKey, labelName } from './label-names.ts';

test.each([
  ['zone', 'zone'],
  ['cisco.acl', 'cisco.acl'],
  ['', '%'],
  ['%', '%25'],
  ['.a', '%2Ea'],
  ['a..b', 'a%2E%2Eb'],
  ['__proto__', '%5F_proto__'],
  ['odd key:"x"', 'odd%20key%3A%22x%22'],
  ["k'; --", 'k%27%3B%20--'],
  ['a\0b*', 'a%00b%2A'],
  ['ş', '%C5%9F'],
])('%j → %s', (key, name) => {
  expect(labelName(key)).toBe(name);
  expect(labelKey(name)).toBe(key);
});

test('names are harmless, and no two keys share one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (first, second) => {
      const [a, b] = [first.toWellFormed(), second.toWellFormed()];
      expect(labelName(a)).toMatch(/^[A-Za-z0-9%-](?:\.?[\w%-])*$/);
      expect(labelKey(labelName(a))).toBe(a);
      expect(labelName(a) === labelName(b)).toBe(a === b);
    }),
  );
});

test('a key that is too long has a name of fixed length', () => {
  expect(labelName('ş'.repeat(300))).toMatch(/^#[A-P]{64}$/);
  expect(labelKey(labelName('ş'.repeat(300)))).toBeUndefined();
});
