import { expect, test } from 'vitest';
import { mergeParts } from './merge-parts.ts';

test('the worse view of a part counts, with the reasons of both', () => {
  expect(
    mergeParts([
      { name: 'database', state: 'ok' },
      { name: 'archive', state: 'degraded', reason: 'slow', lag_seconds: 1 },
      { name: 'database', state: 'down', reason: 'refused' },
      { name: 'archive', state: 'ok', lag_seconds: 4 },
    ]),
  ).toEqual([
    { name: 'database', state: 'down', reason: 'refused' },
    { name: 'archive', state: 'degraded', reason: 'slow', lag_seconds: 4 },
  ]);
});
