import { AppError } from '@logmaster/core/errors';
import { expect, test } from 'vitest';
import { healthBoard } from './health-board.ts';

test('parts keep their order; one that throws or hangs is down with a sentence of ours', async () => {
  const board = healthBoard({
    checks: [
      {
        name: 'replicas',
        look: async () => [
          { name: 'replica 1', state: 'ok' },
          { name: 'replica 2', state: 'ok' },
        ],
      },
      { name: 'none', look: async () => [] },
      {
        name: 'archive',
        look: () => Promise.reject(new AppError('ARCHIVE_UNAVAILABLE', { cause: new Error('/secret') })),
      },
      { name: 'odd', look: () => Promise.reject(new Error('10.0.0.1 refused')) },
      { name: 'hung', look: () => new Promise(() => undefined) },
    ],
    timeoutMs: 1_000,
    believedMs: 0,
  });
  expect(await board.look()).toEqual([
    { name: 'replica 1', state: 'ok' },
    { name: 'replica 2', state: 'ok' },
    { name: 'archive', state: 'down', code: 'ARCHIVE_UNAVAILABLE', reason: 'The evidence archive is not available' },
    { name: 'odd', state: 'down', code: 'INTERNAL', reason: 'Something failed inside LogMaster' },
    { name: 'hung', state: 'down', code: 'NO_ANSWER', params: { seconds: 1 }, reason: 'It does not answer within 1 s' },
  ]);
});
