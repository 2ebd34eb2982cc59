import { type CoverageCounts, recordsOf } from '@logmaster/core/coverage/counts';
import type { CoverageDirectory, CoverageWindow } from '@logmaster/core/coverage/window';
import { MICROS_PER_HOUR } from '@logmaster/core/coverage/window';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import { createColumnParser } from '@logmaster/parsers/column-parser';
import { CoverageTally } from '@logmaster/parsers/coverage/tally';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from '@logmaster/parsers/testing/fixtures';
import { expect, it } from 'vitest';
import { Coverage } from './coverage.ts';

const START = Math.floor(FIXTURE_CONTEXT.receivedAt / MICROS_PER_HOUR) * MICROS_PER_HOUR;
const records = [
  ...FIXTURE_FOLDERS.flatMap(readFixtures),
  ...Array.from({ length: 250 }, (_, index) =>
    Buffer.from(`<13>Nov 23 20:00:00 gw app[${index}]: fan ${index} failed`),
  ),
];

/** Records of three senders over two hours; the second one is a device. */
function batchOf(first = 0): ColumnBatch {
  const batch = new ColumnBatch();
  const parser = createColumnParser();
  const [address, device, id] = [batch.text('log.source.address'), batch.text('logmaster.device.id'), batch.idPrefix];
  for (const [index, record] of [...records.slice(0, first), ...records].entries()) {
    parser.parse(batch, record, 0, record.length, FIXTURE_CONTEXT);
    const row = batch.rows;
    address.codes[row] = address.dictionary.codeOfText(`10.0.0.${index % 3}`);
    if (index % 3 === 1) device.codes[row] = device.dictionary.codeOfText('d1');
    id.codes[row] = id.dictionary.codeOfText('node1.w0.0.');
    batch.idSequence.values[row] = index;
    batch.number('logmaster.received_at').values[row] = START + (index % 2) * MICROS_PER_HOUR;
    batch.endRow();
  }
  return batch;
}

class Directory implements CoverageDirectory {
  readonly windows: CoverageWindow[] = [];
  away = false;

  async reportCoverage(windows: readonly CoverageWindow[]) {
    if (this.away) throw new Error('away');
    this.windows.push(...windows);
    return { changes: [], drifting: 0 };
  }
}

const keyOf = ({ deviceId, address, hour }: Omit<CoverageWindow, 'counts'>) => `${deviceId ?? address} ${hour}`;
/** Long lists of texts are looked at in part: only their sums are the same. */
const comparable = ({ patterns, otherPatterns, ...counts }: CoverageCounts) => ({
  ...counts,
  unparsed: patterns.reduce((sum, { count }) => sum + count, otherPatterns),
});

it('counts rows as their events are counted, by device or sender and hour', async () => {
  const batch = batchOf();
  const expected = new Map<string, CoverageTally>();
  for (let row = 0; row < batch.rows; row++) {
    const event = readEvent(batch, row);
    const hour = START + (row % 2) * MICROS_PER_HOUR;
    const key = keyOf({ deviceId: event['logmaster.device.id'], address: `10.0.0.${row % 3}`, hour });
    const tally = expected.get(key) ?? new CoverageTally();
    expected.set(key, tally);
    tally.add(event, event['logmaster.record.id'] ?? '');
  }
  const coverage = new Coverage();
  coverage.seeRows(batch, 0);
  const directory = new Directory();
  await coverage.report(directory, 0);
  const found = new Map(directory.windows.map((window) => [keyOf(window), comparable(window.counts)]));
  expect(found).toEqual(new Map([...expected].map(([key, { counts }]) => [key, comparable(counts)])));
  const patterns = directory.windows.flatMap(({ counts }) => counts.patterns);
  expect(patterns).toContainEqual({ pattern: 'fan * failed', count: expect.any(Number), sample: expect.any(String) });
});

it('looks at the rows from the first on, and at no other', async () => {
  const [coverage, directory] = [new Coverage(), new Directory()];
  coverage.seeRows(batchOf(100), 100);
  await coverage.report(directory, 0);
  expect(directory.windows.reduce((sum, { counts }) => sum + recordsOf(counts), 0)).toBe(records.length);
});

it('keeps everything while the database is away', async () => {
  const [coverage, directory] = [new Coverage(), new Directory()];
  const batch = batchOf();
  directory.away = true;
  coverage.seeRows(batch, 0);
  await expect(coverage.report(directory, 0)).rejects.toThrow('away');
  coverage.seeRows(batch, 0);
  await expect(coverage.report(directory, 0)).rejects.toThrow('away');
  directory.away = false;
  await coverage.report(directory, 0);
  expect(directory.windows).toHaveLength(6);
  expect(directory.windows.reduce((sum, { counts }) => sum + recordsOf(counts), 0)).toBe(2 * records.length);
  directory.windows.length = 0;
  await coverage.report(directory, 0);
  expect(directory.windows).toEqual([]);
});

it('is bounded: a flood of senders is left out and counted', async () => {
  const [coverage, directory] = [new Coverage(), new Directory()];
  const batch = new ColumnBatch();
  for (let sender = 0; sender < 6000; sender++) {
    batch.text('log.source.address').codes[sender] = batch
      .text('log.source.address')
      .dictionary.codeOfText(`2001:db8::${sender.toString(16)}`);
    batch.number('logmaster.received_at').values[sender] = START;
    batch.endRow();
  }
  coverage.seeRows(batch, 0);
  await coverage.report(directory, 0);
  expect(directory.windows).toHaveLength(5000);
  expect(coverage.leftOut).toBe(1000);
});
