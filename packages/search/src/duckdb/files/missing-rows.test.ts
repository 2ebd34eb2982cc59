import { formatRecordId } from '@logmaster/core/record';
import { MICROS_PER_DAY } from '@logmaster/core/time';
import { expect, it } from 'vitest';
import { columnsOf } from './batch-file.ts';
import { BatchRows } from './batch-rows.ts';
import { missingRowsByDay } from './missing-rows.ts';

const DAY = 20_000 * MICROS_PER_DAY;

/** One record for each place; sequences count from 0. */
function rowsOf(...places: (readonly [site: string, receivedAt: number])[]): BatchRows {
  const events = places.map(([site, receivedAt], sequence) => ({
    '@timestamp': receivedAt,
    'logmaster.received_at': receivedAt,
    'logmaster.site.id': site,
    'logmaster.record.id': formatRecordId({ node: 'node1', worker: 'w0', journal: 1, sequence }),
  }));
  return new BatchRows(columnsOf(events));
}

const NOTHING_PACKED = { isPacked: () => false };

it('sorts rows by the day of their receive', () => {
  const rows = rowsOf(['a', DAY], ['b', DAY + MICROS_PER_DAY], ['a', DAY + MICROS_PER_DAY - 1]);
  expect(missingRowsByDay(rows, 'node1.w0', null, NOTHING_PACKED)).toEqual(
    new Map([
      ['2024-10-04', [0, 2]],
      ['2024-10-05', [1]],
    ]),
  );
});

it('leaves out what the index has: rows before its position, and packed days of a site', () => {
  const rows = rowsOf(['a', DAY], ['a', DAY], ['b', DAY], ['a', DAY + MICROS_PER_DAY], ['b', DAY]);
  const asked: string[] = [];
  const isPacked = (site: string, day: string) => {
    asked.push(`${site} ${day}`);
    return site === 'b';
  };
  expect(missingRowsByDay(rows, 'node1.w0', { journal: 1, sequence: 1 }, { isPacked })).toEqual(
    new Map([
      ['2024-10-04', [1]],
      ['2024-10-05', [3]],
    ]),
  );
  expect(asked).toEqual(['a 2024-10-04', 'b 2024-10-04', 'a 2024-10-05']);
});

it('throws for a row of another stream', () => {
  expect(() => missingRowsByDay(rowsOf(['a', DAY]), 'node1.w1', null, NOTHING_PACKED)).toThrow(
    'not of stream node1.w1',
  );
});
