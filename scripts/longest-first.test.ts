import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LONG_FILES } from './lib/longest-first.ts';
import { ROOT } from './lib/paths.mjs';

test('the files that are begun first exist', () => {
  expect(LONG_FILES.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
