import { expect, test } from 'vitest';
import { FairShare } from './fair-share.ts';
import { SourceRate } from './source-rate.ts';

test('a source is over its share only while room is short, and a quiet one never', () => {
  const shares = new FairShare(1000);
  shares.add('storm', 450);
  shares.add('quiet', 10);
  expect(shares.over('storm', 460)).toBe(false);
  shares.add('storm', 100);
  expect([shares.over('storm', 560), shares.over('quiet', 560), shares.over('new', 560)]).toEqual([true, false, false]);
  shares.committed(280, 280);
  expect(shares.over('storm', 280)).toBe(false);
  shares.committed(280, 0);
  expect(shares.share).toBe(1000);
});

test('many equal sources share the room equally', () => {
  const shares = new FairShare(1000);
  for (let i = 0; i < 9; i++) shares.add(`s${i}`, 90);
  expect(shares.share).toBe(100);
  shares.add('s0', 20);
  expect([shares.over('s0', 830), shares.over('s1', 830)]).toEqual([true, false]);
});

test('datagrams: a burst of one second, then the rate, each source by itself', () => {
  let now = 0;
  const rate = new SourceRate(10, () => now);
  const allowed = (source: string, tries: number) =>
    Array.from({ length: tries }, () => rate.allow(source)).filter(Boolean);
  expect(allowed('a', 30)).toHaveLength(10);
  expect(allowed('b', 5)).toHaveLength(5);
  now = 500;
  expect(allowed('a', 30)).toHaveLength(5);
});

test('connections: all is taken, the debt is waited for', () => {
  let now = 0;
  const rate = new SourceRate(10, () => now);
  rate.spend('a', 10);
  expect(rate.waitMs('a')).toBe(0);
  rate.spend('a', 25);
  expect(rate.waitMs('a')).toBe(2500);
  now = 2000;
  expect(rate.waitMs('a')).toBe(500);
  now = 60_000;
  expect([rate.waitMs('a'), rate.waitMs('b')]).toEqual([0, 0]);
});

test('a flood of forged sources is bounded', () => {
  const rate = new SourceRate(1, () => 0);
  for (let i = 0; i < 100_000; i++) rate.allow(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
  expect((rate as unknown as { buckets: Map<string, unknown> }).buckets.size).toBeLessThanOrEqual(20_000);
});
