import { expect, test } from 'vitest';
import { RULES, ruleHolds } from './password-policy.ts';

const broken = (next: string, current = 'one-time-Password') =>
  RULES.filter((rule) => !ruleHolds(rule, { current, next, username: 'admin' }));

test.each([
  ['', ['length', 'different', 'varied', 'notName']],
  ['short', ['length']],
  ['aaaaaaaaaaaab', ['varied']],
  ['ADMİNadminAdmin', ['notName']],
  ['one-time-Password', ['different']],
  ['doğru at pil zımba', []],
])('%j breaks %j', (next, expected) => {
  expect(broken(next)).toEqual(expected);
});

test('characters are counted, not bytes or UTF-16 units', () => {
  expect(broken('🔥🔥🔥🔥🔥🔥')).toContain('length');
});
