import { expect, test } from 'vitest';
import { StreamIndex } from './stream-index.ts';

const journals = (counts: Readonly<Record<number, number>>) =>
  new Map(Object.entries(counts).map(([journal, records]) => [Number(journal), { records, bytes: records * 100 }]));
const difference = ({ counts: { journaled, done, pending } }: StreamIndex) => journaled - done - pending;

test('journaled = done + pending while the index follows, is ahead of the accounting, and goes on in the next file', () => {
  const index = new StreamIndex();
  index.account(journals({ 1: 100 }), { journal: 1 });
  expect(index.counts).toEqual({ journaled: 100, done: 0, pending: 100, pendingBytes: 10_000 });
  index.report({ at: { journal: 1, sequence: 60 }, first: 1, files: { 1: { passed: 60, done: 60 } } });
  expect(index.counts).toEqual({ journaled: 100, done: 60, pending: 40, pendingBytes: 4000 });
  index.report({ at: { journal: 1, sequence: 130 }, first: 1, files: { 1: { passed: 130, done: 130 } } });
  expect(index.counts).toEqual({ journaled: 100, done: 100, pending: 0, pendingBytes: 0 });
  const files = { 1: { passed: 140, done: 140 }, 2: { passed: 5, done: 5 } };
  index.report({ at: { journal: 2, sequence: 5 }, first: 1, files });
  expect(difference(index)).toBe(0);
  index.account(journals({ 1: 40, 2: 8 }), { journal: 2 });
  expect(index.counts).toEqual({ journaled: 148, done: 145, pending: 3, pendingBytes: 300 });
  index.report({ at: { journal: 2, sequence: 8 }, first: 1, files: { ...files, 2: { passed: 8, done: 8 } } });
  expect(index.counts).toMatchObject({ journaled: 148, done: 148, pending: 0 });
});

test('a record that the index has passed and not committed shows, and stays', () => {
  const index = new StreamIndex();
  index.account(journals({ 1: 100 }), { journal: 1 });
  index.report({ at: { journal: 1, sequence: 100 }, first: 1, files: { 1: { passed: 100, done: 99 } } });
  expect(difference(index)).toBe(1);
  index.account(journals({ 2: 1 }), { journal: 2 });
  const files = { 1: { passed: 100, done: 99 }, 2: { passed: 1, done: 1 } };
  index.report({ at: { journal: 2, sequence: 1 }, first: 1, files });
  expect(index.counts).toMatchObject({ journaled: 101, done: 100, pending: 0 });
});

test('a file that is over holds what the collector says: more in the index, or less, shows', () => {
  for (const [inIndex, off] of [
    [101, -1],
    [98, 2],
  ] as const) {
    const index = new StreamIndex();
    index.account(journals({ 1: 100, 2: 0 }), { journal: 2 });
    const files = { 1: { passed: inIndex, done: inIndex }, 2: { passed: 1, done: 1 } };
    index.report({ at: { journal: 2, sequence: 1 }, first: 1, files });
    expect(difference(index)).toBe(off);
  }
});

test('a processor that starts anew, or says nothing, changes nothing', () => {
  const index = new StreamIndex();
  index.account(journals({ 1: 10, 2: 10, 3: 10 }), { journal: 3 });
  index.report({ at: { journal: 3, sequence: 4 }, first: 3, files: { 3: { passed: 4, done: 4 } } });
  expect(index.counts).toMatchObject({ journaled: 30, done: 24, pending: 6 });
  index.report(undefined);
  expect(index.counts).toMatchObject({ journaled: 30, done: 24, pending: 6 });
});

test('what a failed journal kept against all hope was told as lost: no alarm', () => {
  const index = new StreamIndex();
  index.account(journals({ 1: 10 }), { journal: 1 });
  index.account(journals({ 1: 5 }), undefined);
  index.account(journals({ 2: 1 }), { journal: 2 });
  const files = { 1: { passed: 18, done: 18 }, 2: { passed: 1, done: 1 } };
  index.report({ at: { journal: 2, sequence: 1 }, first: 1, files });
  expect(index.counts).toMatchObject({ journaled: 16, done: 16, pending: 0 });
});
