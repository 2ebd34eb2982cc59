import type { CoverageCounts } from '@logmaster/core/coverage/counts';
import { printable } from './printable.ts';

const SHOWN = 10;

interface Counted {
  readonly text: string;
  readonly count: number;
  readonly sample: string;
}

/** What was not read, most frequent first, a line each: values that did not fit, then texts that no parser knows. */
export function unreadLines({
  errors,
  otherErrors,
  patterns,
  otherPatterns,
}: Pick<CoverageCounts, 'errors' | 'otherErrors' | 'patterns' | 'otherPatterns'>): string[] {
  return [
    ...list(
      errors.map(({ error, ...one }) => ({ text: error, ...one })),
      otherErrors,
    ),
    ...list(
      patterns.map(({ pattern, ...one }) => ({ text: pattern, ...one })),
      otherPatterns,
    ),
  ];
}

function list(counted: readonly Counted[], other: number): string[] {
  const shown = counted.slice(0, SHOWN);
  const left = counted.slice(SHOWN).reduce((sum, { count }) => sum + count, other);
  const line = (count: number, text: string) => `${String(count).padStart(9)}  ${text}`;
  const lines = shown.map(({ text, count, sample }) => line(count, `${printable(text)}  (${printable(sample)})`));
  return left === 0 ? lines : [...lines, line(left, 'others')];
}
