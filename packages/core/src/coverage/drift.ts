import { z } from 'zod';
import { type CoverageCounts, mergeCoverage, NO_COVERAGE, parseScore, recordsOf } from './counts.ts';

/**
 * When a device's parsing has fallen against what was usual for it: a firmware upgrade writes other texts, a filter was
 * changed. The rule:
 *
 * - **Usual** is learned from the device's newest `baselineHours` hours with at least `hourRecords` records; none before
 *   `leastHours` of them. Its score is their median; its fields are those that `usualShare` of them had.
 * - **Now** is the newest hours together, from the newest one back, until they have as many records as the median hour
 *   of the baseline, `nowHours` at most; fewer than `nowRecords` say nothing.
 * - A drift **begins** when the score is `scoreFall` below the usual one, or when `fieldShare` of the usual fields, two at
 *   least, are not there. It **ends** when neither is even half as much. In between nothing is learned.
 * - A person may say that what is now is usual: then hours before that moment are forgotten.
 */
export const DRIFT_RULE = {
  baselineHours: 72,
  leastHours: 12,
  hourRecords: 200,
  usualShare: 0.9,
  nowHours: 3,
  nowRecords: 300,
  scoreFall: 0.1,
  fieldShare: 0.1,
} as const;

export const baselineSchema = z.object({
  /** 0 to 1. */
  score: z.number(),
  fields: z.array(z.string()),
  /** Of the median hour. */
  records: z.int(),
  /** Hours it was learned from. */
  hours: z.int(),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** An open drift. */
export const driftSchema = z.object({
  kinds: z.array(z.enum(['score', 'fields'])),
  score: z.number(),
  usualScore: z.number(),
  /** Usual fields that are not there, sorted. */
  missing: z.array(z.string()),
});
export type Drift = z.infer<typeof driftSchema>;

export interface DriftChange {
  readonly deviceId: string;
  readonly name: string;
  /** When it began, µs; also of one that ended. */
  readonly since: number;
  /** What it is now; null when it ended. */
  readonly drift: Drift | null;
}

type Hour = Pick<CoverageCounts, 'ok' | 'partial' | 'failed' | 'raw' | 'fields'>;

/** @param hours newest first; those that may be learned from. Null while they are too few. */
export function learnBaseline(hours: readonly Hour[]): Baseline | null {
  const { baselineHours, hourRecords, leastHours, usualShare } = DRIFT_RULE;
  const full = hours.filter((hour) => recordsOf(hour) >= hourRecords).slice(0, baselineHours);
  if (full.length < leastHours) return null;
  const times = new Map<string, number>();
  for (const name of full.flatMap(({ fields }) => fields)) times.set(name, (times.get(name) ?? 0) + 1);
  const usual = [...times].filter(([, count]) => count >= full.length * usualShare).map(([name]) => name);
  return {
    score: median(full.map((hour) => parseScore(hour) ?? 0)),
    fields: usual.sort(),
    records: Math.round(median(full.map(recordsOf))),
    hours: full.length,
  };
}

/**
 * @param hours newest first, the hour under way included
 * @param open the drift that is open, if one is
 * @returns the drift from now on: null for none, undefined while too few records say anything
 */
export function findDrift(
  baseline: Baseline,
  hours: readonly CoverageCounts[],
  open: Drift | null,
): Drift | null | undefined {
  const { nowHours, nowRecords, scoreFall, fieldShare } = DRIFT_RULE;
  const enough = Math.max(nowRecords, baseline.records);
  let now = NO_COVERAGE;
  for (const hour of hours.slice(0, nowHours)) {
    now = mergeCoverage(now, hour);
    if (recordsOf(now) >= enough) break;
  }
  const records = recordsOf(now);
  const score = parseScore(now);
  if (score === null || records < nowRecords) return undefined;
  const seen = new Set(now.fields);
  // Fewer records than usual may lack a rare field for no other reason.
  const missing = records < enough ? [] : baseline.fields.filter((name) => !seen.has(name));
  const patience = open === null ? 1 : 0.5;
  const kinds: Drift['kinds'] = [];
  if (baseline.score - score >= scoreFall * patience - 1e-9) kinds.push('score');
  if (missing.length >= Math.max(2, baseline.fields.length * fieldShare) * patience) kinds.push('fields');
  if (kinds.length > 0) return { kinds, score, usualScore: baseline.score, missing };
  // A drift of fields does not end by there being too few records to see them.
  return open?.kinds.includes('fields') && records < enough ? undefined : null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? 0)) / 2;
}
