import path from 'node:path';
import { expect, test } from 'vitest';
import { PORTAL, PORTAL_RECORD } from '../testing/portal.ts';
import { createTrials } from './run-trial.ts';
import { trialAnswer } from './trial-answer.ts';
import { recordOfText } from './trial-records.ts';

const workerModule = path.join(import.meta.dirname, 'trial-worker.ts');
const record = (text: string) => recordOfText(text, Date.UTC(2026, 10, 23, 8) * 1000, 'UTC');
/** Each record costs it as much as a pattern may: tenths of a second. */
const SLOW = { ...PORTAL, patterns: ['[ab]*a[ab]{900}!'], pattern_definitions: {} };

test('a trial tells what was taken of each record, and the totals', async () => {
  const trials = createTrials({ workerModule, timeLimitMs: 60_000 });
  const answer = trialAnswer(await trials.run(PORTAL, [PORTAL_RECORD, 'something else'].map(record)));
  expect(answer).toMatchObject({ totals: { records: 2, matched: 1, unmatched: 1 }, stopped: false });
  expect(answer.results[0]).toMatchObject({
    matched: true,
    captures: expect.arrayContaining([{ name: 'room', value: 'B204' }]),
    event: { user: { name: 'ayse' }, logmaster: { parser: 'acme-portal' } },
    errors: [],
  });
  expect(answer.results[1]).toMatchObject({ matched: false, captures: [] });
});

test('a definition that can’t be used is told with all its faults', async () => {
  const trials = createTrials({ workerModule, timeLimitMs: 60_000 });
  const outcome = await trials.run({ ...PORTAL, patterns: ['(', '%{NOPE}'] }, []);
  expect(() => trialAnswer(outcome)).toThrow(
    'patterns.0: a parenthesis is not closed; patterns.1: there is no pattern NOPE',
  );
});

test('a trial that takes too long is ended, and what was done by then is told; a third one must wait', async () => {
  const trials = createTrials({ workerModule, timeLimitMs: 2000 });
  const records = Array.from({ length: 1000 }, () => record(`${'a'.repeat(8000)}!`));
  const [first, second, third] = await Promise.allSettled([
    trials.run(SLOW, records),
    trials.run(SLOW, records),
    trials.run(PORTAL, []),
  ]);
  for (const outcome of [first, second]) {
    if (outcome?.status !== 'fulfilled') throw new Error('the trial failed');
    if ('faults' in outcome.value) expect(outcome.value.faults[0]?.reason).toContain('too long');
    else expect(outcome.value).toMatchObject({ stopped: true });
  }
  expect(third).toMatchObject({ status: 'rejected', reason: { code: 'RATE_LIMITED' } });
});

test('without records a definition is checked alone', async () => {
  const trials = createTrials({ workerModule, timeLimitMs: 60_000 });
  expect(await trials.run(PORTAL, [])).toEqual({ results: [], stopped: false });
});
