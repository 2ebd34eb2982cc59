import type { SiteMapping } from '@logmaster/core/devices';
import { MICROS_PER_SECOND } from '@logmaster/core/time';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect, test } from 'vitest';
import { ClockSkews } from './clock-skews.ts';
import { ClockWatch } from './clock-watch.ts';

const device = (n: number) => ({ id: `d${n}`, name: `fw-${n}`, address: `10.0.0.${n}`, siteId: 'ankara' });
const NOW = 1_795_000_000 * MICROS_PER_SECOND;

/** Devices by the skews of their clocks, in seconds. */
function watchOf(skewOf: readonly number[]) {
  const skews = new ClockSkews(10_000);
  let now = NOW;
  const hear = (n: number, seconds: number) => {
    for (let i = 0; i < 63; i++) skews.add(`10.0.0.${n}`, seconds * MICROS_PER_SECOND, now);
  };
  skewOf.forEach((seconds, n) => {
    hear(n, seconds);
  });
  const mapping: SiteMapping = { version: 1, sites: [], devices: skewOf.map((_, n) => device(n)) };
  const events = createEvents(createLogger('test', 'silent'), createRegistry());
  const watch = new ClockWatch({ skews, mapping: () => mapping, clock: () => now, events });
  const pass = (seconds: number) => {
    now += seconds * MICROS_PER_SECOND;
  };
  const told = () => [events.count('device_clock_wrong'), events.count('device_clock_right')];
  return { watch, hear, pass, told, skews };
}

test('devices beyond the tolerance of the list are wrong, ahead or behind, at the second look', () => {
  const { watch, told } = watchOf([0, 10, -10, 11, -7200]);
  watch.look();
  expect([watch.wrong, told()]).toEqual([{ devices: 0, worstSeconds: 0 }, [0, 0]]);
  watch.look();
  watch.look();
  expect([watch.wrong, told()]).toEqual([{ devices: 2, worstSeconds: 7200 }, [2, 0]]);
});

test('a clock that was set right is told once, one that fell silent is not called right', () => {
  const { watch, hear, pass, told } = watchOf([60, 60]);
  watch.look();
  watch.look();
  hear(0, 0);
  watch.look();
  expect([watch.wrong, told()]).toEqual([{ devices: 1, worstSeconds: 60 }, [2, 1]]);
  pass(3601);
  watch.look();
  watch.look();
  expect([watch.wrong, told()]).toEqual([{ devices: 0, worstSeconds: 0 }, [2, 1]]);
});

test('senders that nobody has approved are nobody’s concern', () => {
  const { watch, skews, told } = watchOf([99]);
  skews.add('198.51.100.7', 5000 * MICROS_PER_SECOND, NOW);
  watch.look();
  watch.look();
  expect(watch.wrong).toEqual({ devices: 1, worstSeconds: 99 });
  expect(told()).toEqual([1, 0]);
});
