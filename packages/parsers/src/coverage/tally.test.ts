import { coverageCountsSchema, NO_COVERAGE } from '@logmaster/core/coverage/counts';
import { expect, it } from 'vitest';
import { createRecordParser } from '../record-parser.ts';
import { CoverageTally } from './tally.ts';

const FORTIGATE =
  'date=2026-11-23 time=20:00:00 logid="0000000013" type="traffic" subtype="forward" srcip=10.0.0.1 dstip=10.0.0.2 proto=6';
const receivedAt = Date.UTC(2026, 10, 23, 18) * 1000;
const parse = (line: string) =>
  createRecordParser().parse(Buffer.from(line), { receivedAt, timeZone: 'Europe/Istanbul', source: '192.0.2.1' });

it('counts nothing as nothing', () => {
  expect(new CoverageTally().counts).toEqual(NO_COVERAGE);
});

it('tells statuses, parsers, fields, labels, errors and patterns apart', () => {
  const tally = new CoverageTally();
  const lines = [
    `${FORTIGATE} colour=red`,
    `${FORTIGATE} srcport=99999`,
    '<13>Nov 23 20:00:00 gw app: fan 3 failed at once',
    '<13>Nov 23 20:00:00 gw app: fan 4 failed at once',
  ];
  for (const [index, line] of lines.entries()) tally.add(parse(line), `r${index}`);
  const { counts } = tally;
  expect(coverageCountsSchema.parse(counts)).toEqual(counts);
  expect(counts).toMatchObject({ ok: 1, partial: 1, failed: 0, raw: 2, parsers: { fortigate: 2, none: 2 } });
  expect(counts.fields).toEqual(expect.arrayContaining(['destination.ip', 'network.transport', 'source.ip']));
  expect(counts.fields).not.toContain('message');
  expect(counts.labels.toSorted()).toEqual(['colour', 'subtype', 'type']);
  expect(counts.errors).toEqual([{ error: 'source.port: not a port', count: 1, sample: 'r1' }]);
  expect(counts.patterns).toEqual([{ pattern: 'fan * failed at once', count: 2, sample: 'r2' }]);
});
