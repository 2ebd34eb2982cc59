/** One line of a benchmark's table and JSON (docs/testing.md). */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** As in the issue that set it; null for what is only reported. */
  readonly goal: string | null;
  readonly holds: boolean | null;
}

export const atMost = (name: string, value: number, unit: string, goal: number): BenchResult => ({
  name,
  value,
  unit,
  goal: `≤ ${goal}`,
  holds: value <= goal,
});

export const atLeast = (name: string, value: number, unit: string, goal: number): BenchResult => ({
  name,
  value,
  unit,
  goal: `≥ ${goal}`,
  holds: value >= goal,
});

export const reported = (name: string, value: number, unit: string): BenchResult => ({
  name,
  value,
  unit,
  goal: null,
  holds: null,
});

/** The value below which `part` (0 to 1) of the sorted values lie. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
