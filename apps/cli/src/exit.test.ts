import { AppError } from '@logmaster/core/errors';
import { expect, test } from 'vitest';
import { exitCodeOf, explainsItself, UsageError } from './exit.ts';

const missing = Object.assign(new Error('ENOENT: no such file, open x'), { code: 'ENOENT' });

test.each([
  [new UsageError('which?'), 2, true],
  [new AppError('NOT_FOUND', { detail: 'no user has that name' }), 2, true],
  [new AppError('CONFIG_INVALID'), 2, true],
  [new AppError('DATABASE_UNAVAILABLE'), 3, true],
  [new AppError('DATA_IN_USE'), 3, true],
  [missing, 3, true],
  [new AppError('INTERNAL'), 3, false],
  [new TypeError('x is not a function'), 3, false],
  ['thrown text', 3, false],
])('%s ends with %i', (thrown, code, explained) => {
  expect(exitCodeOf(thrown)).toBe(code);
  expect(explainsItself(thrown)).toBe(explained);
});
