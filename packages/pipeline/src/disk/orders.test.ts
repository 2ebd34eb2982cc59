import type { DiskContent, DiskStep } from '@logmaster/core/api/disk';
import { expect, test } from 'vitest';
import { ordersOf } from './orders.ts';
import { leavesAt } from './steps.ts';

const LOW = 1600;

function disk(step: DiskStep, roomBytes: number, contents: readonly DiskContent[] = ['journal', 'index']) {
  return {
    step,
    roomBytes,
    lowBytes: LOW,
    holds: (content: DiskContent) => contents.includes(content),
    missingFor: (other: DiskStep) => leavesAt(other) * LOW - roomBytes,
  };
}

test('with room nothing is asked for, and what lies beyond the marks may be used to bring records back', () => {
  expect(ordersOf([disk('none', 5000)])).toEqual({
    senders: { bytesPerSecond: undefined, datagrams: true },
    index: { shedBytes: 0, restoreBytes: 3000 },
  });
  expect(ordersOf([disk('reserve', 1900)]).index).toEqual({ shedBytes: 0, restoreBytes: 0 });
});

test('the index gives as much as is missing until its step is left', () => {
  expect(ordersOf([disk('index', 700)])).toEqual({
    senders: { bytesPerSecond: undefined, datagrams: true },
    index: { shedBytes: 300, restoreBytes: 0 },
  });
});

test('senders get what makes the rest last a minute, and nothing at the end', () => {
  expect(ordersOf([disk('senders', 380)]).senders).toEqual({ bytesPerSecond: 3, datagrams: true });
  expect(ordersOf([disk('senders', 190)]).senders).toEqual({ bytesPerSecond: 0, datagrams: true });
  expect(ordersOf([disk('datagrams', 90)]).senders).toEqual({ bytesPerSecond: 0, datagrams: false });
});

test('a full disk of the index leaves the senders alone, and the other way round', () => {
  const full = ordersOf([disk('datagrams', 0, ['index']), disk('none', 5000, ['journal'])]);
  expect(full.senders).toEqual({ bytesPerSecond: undefined, datagrams: true });
  expect(full.index.shedBytes).toBe(1000);
  expect(ordersOf([disk('datagrams', 0, ['journal']), disk('none', 5000, ['index'])])).toEqual({
    senders: { bytesPerSecond: 0, datagrams: false },
    index: { shedBytes: 0, restoreBytes: 3000 },
  });
});
