import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';

/** First UTC midnight after `moment`. */
export function midnightAfter(moment: Micros): Micros {
  return (Math.floor(moment / MICROS_PER_DAY) + 1) * MICROS_PER_DAY;
}

/** First boundary after `from` at which a segment ends: multiples of the interval on the UTC clock, and midnight. */
export function boundaryAfter(from: Micros, segmentSeconds: number): Micros {
  const interval = segmentSeconds * MICROS_PER_SECOND;
  const midnight = midnightAfter(from);
  // Counted from midnight, so that an interval that does not divide a day still starts each day alike.
  const dayStart = midnight - MICROS_PER_DAY;
  return Math.min(midnight, dayStart + (Math.floor((from - dayStart) / interval) + 1) * interval);
}

/**
 * Where a segment that began at `from` ends when everything before `known` has been seen: normally the first boundary;
 * after an outage the last boundary that has passed, so that the silence becomes one statement for each day and not
 * one for each interval.
 */
export function closeAt(from: Micros, known: Micros, segmentSeconds: number): Micros {
  const latest = Math.min(known, midnightAfter(from));
  let to = boundaryAfter(from, segmentSeconds);
  for (let next = to; next <= latest; next = boundaryAfter(next, segmentSeconds)) to = next;
  return to;
}
