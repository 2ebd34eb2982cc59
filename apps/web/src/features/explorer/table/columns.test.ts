import { expect, test } from 'vitest';
import {
  acceptColumns,
  type Column,
  DEFAULT_COLUMNS,
  deviceOf,
  endpoint,
  moveColumn,
  toggleColumn,
} from './columns.ts';

const ids = (columns: readonly Column[]) => columns.map((column) => column.id).join(' ');

test('a new column goes before the message, an existing one goes away', () => {
  const added = toggleColumn(DEFAULT_COLUMNS, 'network.transport');
  expect(ids(added)).toMatch(/rule network\.transport message$/);
  expect(ids(toggleColumn(added, 'network.transport'))).toBe(ids(DEFAULT_COLUMNS));
});

test('columns move one place and not beyond the ends', () => {
  expect(ids(moveColumn(DEFAULT_COLUMNS, 'device', -1))).toMatch(/^device time type/);
  expect(ids(moveColumn(DEFAULT_COLUMNS, 'time', -1))).toBe(ids(DEFAULT_COLUMNS));
  expect(ids(moveColumn(DEFAULT_COLUMNS, 'message', 1))).toBe(ids(DEFAULT_COLUMNS));
});

test('what the browser remembers is refused when it is not of this version', () => {
  expect(acceptColumns(JSON.parse(JSON.stringify(DEFAULT_COLUMNS)))).toEqual(DEFAULT_COLUMNS);
  expect(acceptColumns([{ id: 'no.such.field', width: 100 }])).toBeUndefined();
  expect(acceptColumns([{ id: 'time', width: -4 }])).toBeUndefined();
  expect([acceptColumns([]), acceptColumns('x'), acceptColumns([null])]).toEqual([undefined, undefined, undefined]);
});

test('end points', () => {
  expect([
    endpoint('10.0.0.1', 443),
    endpoint('2001:db8::1', 443),
    endpoint('10.0.0.1', undefined),
    endpoint(undefined, 53),
    endpoint(undefined, undefined),
  ]).toEqual(['10.0.0.1:443', '[2001:db8::1]:443', '10.0.0.1', ':53', '']);
});

test('a device is named by what is known best', () => {
  expect(deviceOf({ 'observer.name': 'FW-1', 'log.source.address': '127.0.0.2' })).toBe('FW-1');
  expect(deviceOf({ 'log.source.address': '127.0.0.2' })).toBe('127.0.0.2');
});
