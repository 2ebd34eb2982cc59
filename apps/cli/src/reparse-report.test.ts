import { NO_SUMS } from '@logmaster/pipeline/processor/reparse/reparse-files';
import { expect, test } from 'vitest';
import { reparseLines } from './reparse-report.ts';

const NONE = { refused: 0, indexed: 0, crashed: 0 };
const ANSWER = { ...NO_SUMS, selected: 7, after: { ok: 4, partial: 1, failed: 0, raw: 2 }, replaced: 5, failures: [] };

test('what was done, and that nothing was left out', () => {
  expect(reparseLines(ANSWER, NONE, false)).toEqual([
    '7 records were not parsed whole',
    '  now: 4 ok, 1 partial, 0 failed, 2 raw',
    '  5 are in the index with their new event',
    'nothing was left out',
  ]);
});

test('each thing that was left out, how much it is, and what to do', () => {
  const failures = [{ site: 'ankara', day: '2026-11-23', reason: 'the file is\u001b[31m damaged' }];
  const answer = { ...ANSWER, unsealed: 3, elsewhere: 2, failures };
  const lines = reparseLines(answer, { refused: 4, indexed: 3, crashed: 1 }, false);
  expect(lines.slice(3)).toEqual([
    '4 of the quarantine were tried again',
    '  3 are in the index now',
    'left out:',
    '  3 in open segments, which are closed within the hour; run this again then',
    '  2 received by other nodes; run this on their data folders',
    '  1 in quarantine, refused by the index again; quarantine list says why',
    '  1 in quarantine that ended the processor; quarantine replay ID tries one again',
    expect.stringContaining('  ankara 2026-11-23, left as it was: the file is'),
  ]);
  expect(lines.join()).not.toContain('\u001b');
});

test('a dry run tries nothing and says what it would', () => {
  expect(reparseLines(ANSWER, { refused: 4, indexed: 0, crashed: 0 }, true).slice(1)).toEqual([
    '  they would be: 4 ok, 1 partial, 0 failed, 2 raw',
    '4 are in quarantine and would be tried again',
    'nothing was left out',
  ]);
});
