import type { Micros } from './time.ts';

/** Wall clock as µs since the epoch. Passed in wherever time matters, so that tests own it. */
export type Clock = () => Micros;

/** `performance.timeOrigin` drifts from the wall clock when that is stepped, so the wall clock is read each time. */
export const systemClock: Clock = () => Date.now() * 1000;
