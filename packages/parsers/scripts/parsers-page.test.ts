import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MARK, makeParsersPage } from './parsers-page.ts';

it('docs/parsers.md shows what example and fixtures show; else run node packages/parsers/scripts/write-parsers-page.ts', async () => {
  const page = await readFile(new URL('../../../docs/parsers.md', import.meta.url), 'utf8');
  expect(page.split(MARK)[1]?.trim()).toBe((await makeParsersPage()).trim());
});
