import { FULL_SCOPE } from '@logmaster/core/scope';
import { expect, test } from 'vitest';
import { shownBreaks, shownSources } from './shown-sources.ts';

const source = (address: string, seen: number, dropped: Record<string, number> = {}) => ({
  address,
  seen,
  journaled: seen - Object.values(dropped).reduce((a, b) => a + b, 0),
  dropped,
  per_second: seen / 10,
});
const SOURCES = [
  source('10.0.0.1', 50),
  source('10.0.0.2', 40, { 'rate-limit': 4 }),
  source('10.0.0.3', 30),
  source('unknown', 5, { 'kernel-buffer-full': 5 }),
  source('other', 20, { 'rate-limit': 1 }),
];
const DEVICES = [
  { address: '10.0.0.1', name: 'fw-ist', siteId: 'istanbul' },
  { address: '10.0.0.2', name: 'fw-ank', siteId: 'ankara' },
];
const ISTANBUL = { ...FULL_SCOPE, sites: ['istanbul'] };

test('senders have the names of their devices', () => {
  const shown = shownSources(SOURCES, DEVICES, FULL_SCOPE);
  expect(shown.map(({ address, device }) => [address, device])).toEqual([
    ['10.0.0.1', 'fw-ist'],
    ['10.0.0.2', 'fw-ank'],
    ['10.0.0.3', null],
    ['unknown', null],
    ['other', null],
  ]);
});

test('senders that the scope hides are counted among the others: no address, and no record left out', () => {
  const shown = shownSources(SOURCES, DEVICES, ISTANBUL);
  expect(shown.map(({ address }) => address)).toEqual(['10.0.0.1', 'unknown', 'other']);
  expect(shown.at(-1)).toMatchObject({ seen: 90, journaled: 85, dropped: { 'rate-limit': 5 }, per_second: 9 });
  expect(shown.reduce((sum, { seen }) => sum + seen, 0)).toBe(145);
});

test('a break names no sender that the scope hides', () => {
  const broken = [
    { identity: 'received' as const, of: 'source 10.0.0.2', difference: 1 },
    { identity: 'journal' as const, of: 'source 10.0.0.1 in node1.w0', difference: 2 },
    { identity: 'received' as const, of: 'node', difference: 1 },
  ];
  const of = (scope: typeof FULL_SCOPE) =>
    shownBreaks(broken, shownSources(SOURCES, DEVICES, scope), scope).map((each) => each.of);
  expect(of(FULL_SCOPE)).toEqual(broken.map((each) => each.of));
  expect(of(ISTANBUL)).toEqual(['source other', 'source 10.0.0.1 in node1.w0', 'node']);
});
