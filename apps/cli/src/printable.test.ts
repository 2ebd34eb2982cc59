import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['plain İstanbul', 'plain İstanbul'],
  ['a\tb\nc', 'a\tb\nc'],
  ['\x1b[2J\x1b]0;owned\x07', '\\x1b[2J\\x1b]0;owned\\x07'],
  ['\x9b31m', '\\x9b31m'],
  ['abc\u202etxt', 'abc\\u{202e}txt'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
