import type { DeviceCoverage } from '@/features/devices/coverage/use-coverage.ts';

const HOUR_MS = 3600_000;

export interface ScoreBar {
  /** Start of the hour, ms. */
  readonly at: number;
  readonly records: number;
  /** 0 to 1; null for an hour without a record. */
  readonly score: number | null;
}

/** A bar for each hour from the first known one to the last, at most `most` of the newest. */
export function scoreBars(hours: DeviceCoverage['hours'], most: number): ScoreBar[] {
  const first = hours[0]?.hour.getTime();
  const last = hours.at(-1)?.hour.getTime();
  if (first === undefined || last === undefined) return [];
  const known = new Map(hours.map((hour) => [hour.hour.getTime(), hour]));
  const count = Math.min(most, Math.round((last - first) / HOUR_MS) + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = last - (count - 1 - index) * HOUR_MS;
    const hour = known.get(at);
    const records = hour === undefined ? 0 : hour.ok + hour.partial + hour.failed + hour.raw;
    return { at, records, score: hour === undefined || records === 0 ? null : hour.ok / records };
  });
}
