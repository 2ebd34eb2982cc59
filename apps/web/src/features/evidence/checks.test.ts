import { expect, test } from 'vitest';
import { resultsByCheck } from './checks.ts';

const finding = (kind: string, severity: 'failure' | 'notice') => ({ kind, severity, path: 'a/b', message: 'm' });
const outcomes = (findings: ReturnType<typeof finding>[]) =>
  Object.fromEntries(resultsByCheck({ findings }).map(({ name, outcome }) => [name, outcome]));

test('without findings everything holds', () => {
  expect(outcomes([])).toEqual({
    files: 'holds',
    records: 'holds',
    chain: 'holds',
    signature: 'holds',
    stamp: 'holds',
  });
});

test('a finding goes to its check, a failure outweighs a notice', () => {
  expect(
    outcomes([finding('unstamped', 'notice'), finding('bad-token', 'failure'), finding('gap', 'failure')]),
  ).toMatchObject({
    stamp: 'fails',
    chain: 'fails',
    files: 'holds',
  });
});

test('a kind that is not known yet is shown, not dropped', () => {
  expect(outcomes([finding('something-new', 'failure')]).other).toBe('fails');
});
