import { createRecordParser } from '@logmaster/parsers/record-parser';
import { expect, it } from 'vitest';
import { describeStats, ParseStatsCounter } from './parse-stats.ts';

const receivedAt = Date.UTC(2026, 10, 23, 18) * 1000;

function statsOf(lines: readonly string[]) {
  const parser = createRecordParser();
  const counter = new ParseStatsCounter();
  for (const line of lines)
    counter.add(parser.parse(Buffer.from(line), { receivedAt, timeZone: 'Europe/Istanbul', source: '192.0.2.1' }));
  return counter.stats;
}

const FORTIGATE =
  'date=2026-11-23 time=20:00:00 logid="0000000013" type="traffic" subtype="forward" srcip=10.0.0.1 dstip=10.0.0.2 proto=6';
const LINES = [FORTIGATE, `${FORTIGATE} srcport=99999`, 'fan 1 failed\u001b[31m', 'fan 2 failed\u001b[31m'];

it('counts by parser', () => {
  const { records, score, parsers } = statsOf(LINES);
  expect({ records, score }).toEqual({ records: 4, score: 0.25 });
  expect(parsers.map(({ parser, records, score }) => ({ parser, records, score }))).toEqual([
    { parser: 'fortigate', records: 2, score: 0.5 },
    { parser: 'none', records: 2, score: 0 },
  ]);
  expect(parsers[0]?.errors).toEqual([{ error: 'source.port: not a port', count: 1, sample: 'line 2' }]);
});

it('is shown without what a terminal would act on', () => {
  const text = describeStats(statsOf(LINES)).join('\n');
  expect(text).toContain('4 records, 25.0 % parsed whole');
  expect(text).toMatch(/2 {2}fan \* failed.*\(line 3\)/);
  expect(text).not.toContain('\u001b');
});

it('of nothing is nothing', () => {
  expect(statsOf([])).toEqual({ records: 0, score: null, parsers: [] });
  expect(describeStats(statsOf([]))[0]).toBe('0 records, – parsed whole');
});
