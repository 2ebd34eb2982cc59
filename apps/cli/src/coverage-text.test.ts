import type { RestCoverage } from '@logmaster/core/api/coverage';
import { expect, it } from 'vitest';
import { describeCoverage, describeCoverageList } from './coverage-text.ts';

const drift = {
  since: '2026-11-26T03:00:00.000Z',
  kinds: ['score' as const, 'fields' as const],
  score: 0.4,
  usual_score: 0.99,
  missing_fields: ['labels.a\u001bb'],
};
const device = { id: 'd1', name: 'fw\u001b[2J', address: '10.0.0.1' };
const coverage: RestCoverage = {
  device,
  score: 0.4,
  ...{ ok: 4, partial: 1, failed: 0, raw: 5, parsers: { fortigate: 5, none: 5 }, hours: [] },
  fields: [{ name: 'source.ip', first_seen: drift.since, last_seen: drift.since }],
  errors: [{ error: 'source.ip: not an IP address', count: 1, sample: 'r1' }],
  other_errors: 0,
  patterns: Array.from({ length: 12 }, (_, n) => ({ pattern: `p${n}`, count: 1, sample: `r${n}` })),
  other_patterns: 3,
  baseline: { score: 0.99, fields: [], records: 100, hours: 12 },
  drift,
  accepted_at: null,
};

it('one device: what is known, what was not read, and nothing that a terminal would act on', () => {
  const text = describeCoverage(coverage).join('\n');
  expect(text).toContain('10 records, 40.0 % parsed whole, usual: 99.0 %');
  expect(text).toContain('drift    since 2026-11-26T03:00:00.000Z: score 40.0 %, usual 99.0 %');
  expect(text).toContain('no longer: labels.a\\x1bb');
  expect(text).toContain('1  source.ip: not an IP address  (r1)');
  // Ten are shown, two and three more are summed up.
  expect(text).toMatch(/p9 {2}\(r9\)\n +5 {2}others$/);
  expect(text).not.toContain('\u001b');
});

it('all devices, a line each', () => {
  const of = { ...device, site: null, records: 10, score: 0.4, usual_score: null };
  const lines = describeCoverageList({
    devices: [
      { ...of, drift },
      { ...of, name: 'quiet', score: null, drift: null },
    ],
  });
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^fw\\x1b\[2J +10\.0\.0\.1 +10 +40\.0 % +– +since .*: score, fields$/);
  expect(lines[2]).toMatch(/^quiet +10\.0\.0\.1 +10 +– +–$/);
});
