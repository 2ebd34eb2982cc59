import { expect, test } from 'vitest';
import en from '../../../messages/en.json';
import { CHECKS, resultsByCheck } from './checks.ts';

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

test('every kind that a check knows is said in both languages', () => {
  const kinds = CHECKS.flatMap((check) => check.kinds as readonly string[]);
  expect(kinds.filter((kind) => !(kind in en.findings))).toEqual([]);
});
