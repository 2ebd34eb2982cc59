import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CATALOGUE } from './catalogue.ts';
import type { Component } from './component.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..');
const TESTS = ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'];

/** A test file, relative to the checkout, and what it can't run without. */
export interface TestFile {
  readonly file: string;
  readonly components: readonly Component[];
}

/** Components that a test's text names by importing their module. */
export function componentsOf(text: string): readonly Component[] {
  return CATALOGUE.filter(({ usedBy }) => usedBy.test(text));
}

/** Every test file that needs more than npm brings. */
export function testFiles(): readonly TestFile[] {
  return TESTS.flatMap((pattern) =>
    globSync(pattern, { cwd: ROOT, exclude: (name) => /node_modules|\.next/.test(name) }),
  )
    .sort()
    .map((file) => ({ file, components: componentsOf(readFileSync(path.join(ROOT, file), 'utf8')) }))
    .filter(({ components }) => components.length > 0);
}
