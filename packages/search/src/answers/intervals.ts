import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';

const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
/** A search over centuries must not make millions of buckets either. */
const DAYS = [2, 7, 14, 28, 91, 364];

/**
 * The shortest round interval that cuts [from, to) into at most `buckets` stretches aligned to the epoch in UTC, so
 * that days begin at midnight UTC. Beyond a day: 2, 7, 14, 28, 91 days and multiples of 364.
 */
export function chooseInterval(from: Micros, to: Micros, buckets: number): Micros {
  const fits = (interval: Micros) => Math.ceil(to / interval) - Math.floor(from / interval) <= Math.max(1, buckets);
  for (const seconds of SECONDS) if (fits(seconds * MICROS_PER_SECOND)) return seconds * MICROS_PER_SECOND;
  for (const days of DAYS) if (fits(days * MICROS_PER_DAY)) return days * MICROS_PER_DAY;
  let interval = 364 * MICROS_PER_DAY;
  // with one bucket an epoch-aligned border inside the range can never go away: stop when the interval covers it
  while (!fits(interval) && interval <= to - from) interval *= 2;
  return interval;
}
