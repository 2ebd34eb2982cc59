import { expect, test } from 'vitest';
import type { QuarantineEntry } from './quarantine.ts';
import { quarantinedIn } from './quarantined-range.ts';

const mapping = {
  version: 1,
  sites: [],
  devices: [{ id: 'd1', name: 'fw', address: '10.0.0.1', siteId: 'ankara' }],
};
const entry = (id: string, at: number, more: Partial<QuarantineEntry> = {}, address = '10.0.0.1'): QuarantineEntry => ({
  ...{ id, cause: 'refused', reason: 'x', at: '2026-11-26T00:00:00Z', site: 'ankara', ...more },
  record: { received_at: at, address, port: 1, transport: 'udp', flags: '', raw: '' },
});
const ENTRIES = [
  entry('a', 10),
  entry('b', 20, { site: 'izmir' }, '10.0.0.2'),
  entry('c', 30, { cause: 'crashed' }),
  entry('d', 40),
];
const within = (more: object) => quarantinedIn(ENTRIES, mapping, { from: 0, to: 100, ...more });

test('those received in [from, to), by why they are there', () => {
  expect(within({})).toEqual({ refused: ['a', 'b', 'd'], crashed: 1 });
  expect(within({ from: 10, to: 40 })).toEqual({ refused: ['a', 'b'], crashed: 1 });
  expect(within({ from: 11, to: 20 })).toEqual({ refused: [], crashed: 0 });
});

test('of a site or an approved device; of a device that nobody knows none', () => {
  expect(within({ site: 'izmir' })).toEqual({ refused: ['b'], crashed: 0 });
  for (const device of ['d1', 'fw', '10.0.0.1']) expect(within({ device }).refused).toEqual(['a', 'd']);
  expect(within({ device: '10.0.0.2' })).toEqual({ refused: [], crashed: 0 });
});
