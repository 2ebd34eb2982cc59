import { z } from 'zod';

/** Bounds of what is kept for one device and hour: log text is hostile, and devices are many. */
export const COVERAGE_LIMITS = { labels: 200, errors: 30, patterns: 30 } as const;

const count = z.int().nonnegative();

/** How records of one device, or of one vendor, were parsed. Numbers are records. */
export const coverageCountsSchema = z.object({
  ok: count,
  partial: count,
  failed: count,
  raw: count,
  /** `logmaster.parser` → records. */
  parsers: z.record(z.string(), count),
  /** Names of the event table that a record had, sorted. */
  fields: z.array(z.string()),
  /** Names of labels that a record had, sorted; at most COVERAGE_LIMITS.labels. */
  labels: z.array(z.string()),
  /** `field: reason` → records, most frequent first, with the id of one of them. */
  errors: z.array(z.object({ error: z.string(), count, sample: z.string() })),
  /** Errors that the list has no room for. */
  otherErrors: count,
  /** Texts that no parser knows, with what differs masked, most frequent first. */
  patterns: z.array(z.object({ pattern: z.string(), count, sample: z.string() })),
  /** Records whose pattern the list has no room for. */
  otherPatterns: count,
});
export type CoverageCounts = z.infer<typeof coverageCountsSchema>;

/** Fields and labels (`labels.<name>`) that a device was ever seen with: name → first and last hour, µs. */
export const seenFieldsSchema = z.record(z.string(), z.tuple([z.int(), z.int()]));
export type SeenFields = z.infer<typeof seenFieldsSchema>;

export const NO_COVERAGE: CoverageCounts = {
  ok: 0,
  partial: 0,
  failed: 0,
  raw: 0,
  parsers: {},
  fields: [],
  labels: [],
  errors: [],
  otherErrors: 0,
  patterns: [],
  otherPatterns: 0,
};

export function recordsOf({
  ok,
  partial,
  failed,
  raw,
}: Pick<CoverageCounts, 'ok' | 'partial' | 'failed' | 'raw'>): number {
  return ok + partial + failed + raw;
}

/** Share of records that were parsed whole, 0 to 1; null where there is no record. */
export function parseScore(counts: Pick<CoverageCounts, 'ok' | 'partial' | 'failed' | 'raw'>): number | null {
  const all = recordsOf(counts);
  return all === 0 ? null : counts.ok / all;
}

/** Both together, within the limits. What has no room is counted as other. */
export function mergeCoverage(a: CoverageCounts, b: CoverageCounts): CoverageCounts {
  const errors = mergeLists(a.errors, b.errors, ({ error }) => error, COVERAGE_LIMITS.errors);
  const patterns = mergeLists(a.patterns, b.patterns, ({ pattern }) => pattern, COVERAGE_LIMITS.patterns);
  return {
    ok: a.ok + b.ok,
    partial: a.partial + b.partial,
    failed: a.failed + b.failed,
    raw: a.raw + b.raw,
    parsers: addUp(a.parsers, b.parsers),
    fields: union(a.fields, b.fields),
    labels: union(a.labels, b.labels).slice(0, COVERAGE_LIMITS.labels),
    errors: errors.kept,
    otherErrors: a.otherErrors + b.otherErrors + errors.other,
    patterns: patterns.kept,
    otherPatterns: a.otherPatterns + b.otherPatterns + patterns.other,
  };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

function addUp(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sums = new Map(Object.entries(a));
  for (const [name, count] of Object.entries(b)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}

/** The newer list's sample is kept: the older record may be gone. */
function mergeLists<T extends { count: number }>(
  older: readonly T[],
  newer: readonly T[],
  keyOf: (one: T) => string,
  limit: number,
): { kept: T[]; other: number } {
  const merged = new Map(older.map((one) => [keyOf(one), one]));
  for (const one of newer) {
    const known = merged.get(keyOf(one));
    merged.set(keyOf(one), known === undefined ? one : { ...one, count: one.count + known.count });
  }
  const all = [...merged.values()].sort((x, y) => y.count - x.count || (keyOf(x) < keyOf(y) ? -1 : 1));
  return { kept: all.slice(0, limit), other: all.slice(limit).reduce((sum, { count }) => sum + count, 0) };
}
