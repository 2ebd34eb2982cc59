import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AppError, ERRORS, toAppError } from './errors.ts';

test('docs/errors.md lists exactly the codes of the table, with their statuses and titles', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../docs/errors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \| ([^|]+) \|/gm)];
  const listed = rows.map(([, code, status, title]) => [code, { status: Number(status), title: title?.trim() }]);
  expect(listed).toEqual(Object.entries(ERRORS));
});

test('an AppError of another copy of this module is still one', async () => {
  const copy: typeof import('./errors.ts') = await import(`./errors.ts?${'copy'}`);
  expect(copy.AppError).not.toBe(AppError);
  const foreign = new copy.AppError('NOT_FOUND');
  expect(foreign).toBeInstanceOf(AppError);
  expect(toAppError(foreign)).toBe(foreign);
});

test.each([new Error('x'), 'x', null, undefined, { code: 'NOT_FOUND' }])(
  'a stranger (%j) is INTERNAL with itself as cause',
  (thrown) => {
    expect(toAppError(thrown)).toMatchObject({ code: 'INTERNAL', cause: thrown });
  },
);
