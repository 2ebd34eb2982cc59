import type { VerificationReport } from '@logmaster/signing/contracts';
import { expect, test } from 'vitest';
import { reportLines } from './verify-report.ts';

const REPORT: VerificationReport = {
  holds: false,
  checked: {
    chains: 2,
    segments: 31,
    days: 1,
    records: 12_345,
    bytes: 5_000_000,
    from: '2026-11-23T20:00:00.000000Z',
    to: '2026-11-23T20:31:00.000000Z',
    tokens: 32,
    authorities: [{ name: 'LogMaster local TSA', local: true, tokens: 32 }],
  },
  findings: [
    { kind: 'unstamped', severity: 'notice', path: 'ankara/2026/11/23/node1-00000002', message: 'waits for its token' },
    { kind: 'gap', severity: 'failure', path: 'ankara', message: 'segment 5 is missing\x1b[2J' },
  ],
};

test('the report names what was checked, marks the local TSA and puts failures first', () => {
  const text = reportLines('archive', REPORT).join('\n');
  expect(text).toContain('31 segments');
  expect(text).toContain('12,345 records');
  expect(text).toContain('period 2026-11-23T20:00:00.000000Z to 2026-11-23T20:31:00.000000Z');
  expect(text).toContain('32 tokens of the local TSA: not a legal time-stamp');
  expect(text.indexOf('FAILURE  gap  ankara')).toBeLessThan(text.indexOf('notice   unstamped'));
  expect(text).toContain('It does NOT hold: 1 failure.');
});

test('control characters of a damaged file cannot reach the terminal', () => {
  expect(reportLines('archive', REPORT).join('')).not.toContain('\x1b');
});

test('nothing sealed is said as such', () => {
  const checked = { ...REPORT.checked, segments: 0, records: 0, from: null, to: null, authorities: [] };
  const text = reportLines('archive', { holds: true, checked, findings: [] }).join('\n');
  expect(text).toContain('no period: nothing is sealed here yet');
  expect(text).toContain('It holds.');
});
