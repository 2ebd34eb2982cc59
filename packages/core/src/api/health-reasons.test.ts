import { expect, test } from 'vitest';
import { becauseOf } from './health-reasons.ts';

test('a reason is a code with its parameters and an English sentence', () => {
  expect(becauseOf('REDIS_TOO_OLD', { version: '5.0.14', needed: '6.2' })).toEqual({
    code: 'REDIS_TOO_OLD',
    params: { version: '5.0.14', needed: '6.2' },
    reason: 'Redis 5.0.14 is too old; 6.2 or later is needed',
  });
  expect(becauseOf('MAIL_AWAY')).toEqual({ code: 'MAIL_AWAY', reason: 'The mail server does not answer' });
});
