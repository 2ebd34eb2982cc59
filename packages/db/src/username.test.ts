import { expect, test } from 'vitest';
import { foldUsername } from './username.ts';

test.each([
  ['admin', 'admin'],
  [' ADMIN ', 'admin'],
  ['ADMİN', 'admin'],
  ['ıdıl', 'idil'],
  ['İDİL', 'idil'],
  ['Şükrü', 'şükrü'],
  ['ŞÜKRÜ', 'şükrü'],
  ['ａｄｍｉｎ', 'admin'],
])('%j folds to %j', (name, folded) => {
  expect(foldUsername(name)).toBe(folded);
  expect(foldUsername(foldUsername(name))).toBe(folded);
});
