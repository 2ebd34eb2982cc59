import { expect, test } from 'vitest';
import { mergeParts } from './merge-parts.ts';

test('the worse view of a part counts, with the reasons of both', () => {
  expect(
    mergeParts([
      { name: 'database', state: 'ok' },
      { name: 'archive', state: 'degraded', reason: 'slow', lag_seconds: 1 },
      { name: 'database', state: 'down', reason: 'refused', code: 'DATABASE_UNAVAILABLE' },
      { name: 'archive', state: 'ok', lag_seconds: 4 },
      { name: 'archive', state: 'degraded', reason: 'slow' },
      { name: 'archive', state: 'degraded', reason: 'full', params: { percent: 95 } },
    ]),
  ).toEqual([
    { name: 'database', state: 'down', reasons: [{ reason: 'refused', code: 'DATABASE_UNAVAILABLE' }] },
    {
      name: 'archive',
      state: 'degraded',
      reasons: [{ reason: 'slow' }, { reason: 'full', params: { percent: 95 } }],
      lag_seconds: 4,
    },
  ]);
});
