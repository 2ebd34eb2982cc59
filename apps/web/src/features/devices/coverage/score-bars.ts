import type { DeviceCoverage } from '@/features/devices/coverage/use-coverage.ts';

const HOUR_MS = 3600_000;

export interface ScoreBar {
  /** Start of the hour, ms. */
  readonly at: number;
  readonly records: number;
  /** 0 to 1; null for an hour without a record. */
  readonly score: number | null;
}

/** A bar for each of the last hours, the one that `now` (ms) is in the last, whether the device sent in it or not. */
export function scoreBars(hours: DeviceCoverage['hours'], count: number, now: number): ScoreBar[] {
  const known = new Map(hours.map((hour) => [hour.hour.getTime(), hour]));
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  return Array.from({ length: count }, (_, index) => {
    const at = last - (count - 1 - index) * HOUR_MS;
    const hour = known.get(at);
    const records = hour === undefined ? 0 : hour.ok + hour.partial + hour.failed + hour.raw;
    return { at, records, score: hour === undefined || records === 0 ? null : hour.ok / records };
  });
}
