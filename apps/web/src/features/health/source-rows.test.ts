import { expect, test } from 'vitest';
import { sourceRows } from './source-rows.ts';

const source = (address: string, seen: number, more: { device?: string; dropped?: Record<string, number> } = {}) => ({
  address,
  seen,
  journaled: seen - Object.values(more.dropped ?? {}).reduce((a, b) => a + b, 0),
  dropped: more.dropped ?? {},
  device: more.device ?? null,
  per_second: seen,
});
const SOURCES = [
  source('10.0.0.10', 5, { device: 'fw-Ankara' }),
  source('10.0.0.9', 9),
  source('unknown', 7, { dropped: { 'kernel-buffer-full': 7 } }),
];
const addresses = (rows: readonly { address: string }[]) => rows.map(({ address }) => address);

test('numbers sort from the largest down, addresses in their order, and both turn around', () => {
  const rows = (by: 'seen' | 'source' | 'dropped', turned = false) =>
    addresses(sourceRows(SOURCES, { text: '', by, turned }));
  expect(rows('seen')).toEqual(['10.0.0.9', 'unknown', '10.0.0.10']);
  expect(rows('seen', true)).toEqual(['10.0.0.10', 'unknown', '10.0.0.9']);
  expect(rows('source')).toEqual(['10.0.0.9', '10.0.0.10', 'unknown']);
  expect(rows('dropped')).toEqual(['unknown', '10.0.0.9', '10.0.0.10']);
});

test('a part of the address or of the device name finds', () => {
  const found = (text: string) => addresses(sourceRows(SOURCES, { text, by: 'seen', turned: false }));
  expect(found(' ankara')).toEqual(['10.0.0.10']);
  expect(found('0.0.9')).toEqual(['10.0.0.9']);
  expect(found('nobody')).toEqual([]);
});

test('what does not add up comes first, however it is sorted', () => {
  const wrong = { ...source('10.0.0.1', 1), journaled: 0 };
  const rows = sourceRows([...SOURCES, wrong], { text: '', by: 'seen', turned: false });
  expect(rows[0]).toMatchObject({ address: '10.0.0.1', holds: false });
});
