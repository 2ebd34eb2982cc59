import { MICROS_PER_SECOND, type Micros } from '../time.ts';
import type { CoverageCounts } from './counts.ts';
import type { DriftChange } from './drift.ts';

export const MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;

/** First µs of the UTC hour of a moment. */
export function hourOf(at: Micros): Micros {
  return Math.floor(at / MICROS_PER_HOUR) * MICROS_PER_HOUR;
}

/** How one sender's records of one hour (of receive time) were parsed. Counts are since the last report. */
export interface CoverageWindow {
  /** Undefined for a sender that is no approved device: it is known by its address. */
  readonly deviceId: string | undefined;
  /** Canonical IP text; of a device that is known by its certificate any of its addresses. */
  readonly address: string;
  /** µs, start of the hour. */
  readonly hour: Micros;
  readonly counts: CoverageCounts;
}

/** What a report has brought to light. */
export interface CoverageAnswer {
  /** Drifts that began or ended with this report. */
  readonly changes: readonly DriftChange[];
  /** Devices that drift now, all of the installation. */
  readonly drifting: number;
}

/** Keeps windows for good; implemented by packages/db. Throws DATABASE_UNAVAILABLE. */
export interface CoverageDirectory {
  /** All windows or none. A window of a sender that the database has never heard of is left out. */
  reportCoverage(windows: readonly CoverageWindow[], now: Micros): Promise<CoverageAnswer>;
}
