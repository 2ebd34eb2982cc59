import { expect, test } from 'vitest';
import { formatRecordId, parseRecordId } from './record.ts';

test('a record id names node, worker, journal and sequence', () => {
  const parts = { node: 'node1', worker: 'w0', journal: 12, sequence: 345 };
  expect(formatRecordId(parts)).toBe('node1.w0.12.345');
  expect(parseRecordId('node1.w0.12.345')).toEqual(parts);
});

test.each(['', 'node1.w0.12', 'Node1.w0.1.2', 'node1.w0.-1.2', 'node1.w0.1.2.3', '../x.w0.1.2', "a'.w0.1.2"])(
  '%j is no record id',
  (id) => {
    expect(parseRecordId(id)).toBeUndefined();
  },
);
