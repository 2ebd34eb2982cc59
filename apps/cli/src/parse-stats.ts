import { type CoverageCounts, NO_COVERAGE, parseScore, recordsOf } from '@logmaster/core/coverage/counts';
import type { FlatEvent } from '@logmaster/core/event/event';
import { CoverageTally } from '@logmaster/parsers/coverage/tally';
import { percent, textTable } from './text-table.ts';
import { unreadLines } from './unread-lines.ts';

/** What `logmaster parse --stats --json` prints. */
export interface ParseStats {
  readonly records: number;
  /** Share parsed whole, 0 to 1; null of an empty input. */
  readonly score: number | null;
  /** By `logmaster.parser`, most records first; `none` for records that no parser knows. */
  readonly parsers: readonly ({
    readonly parser: string;
    readonly records: number;
    readonly score: number | null;
  } & Omit<CoverageCounts, 'parsers'>)[];
}

/** Counts a file's records by parser. A sample is named by its line, from 1. */
export class ParseStatsCounter {
  private readonly tallies = new Map<string, CoverageTally>();
  private lines = 0;

  add(event: FlatEvent): void {
    this.lines += 1;
    const parser = event['logmaster.parser'] ?? 'none';
    const tally = this.tallies.get(parser) ?? new CoverageTally();
    this.tallies.set(parser, tally);
    tally.add(event, `line ${this.lines}`);
  }

  get stats(): ParseStats {
    const sum = { ...NO_COVERAGE };
    const parsers = [...this.tallies].map(([parser, tally]) => {
      const { parsers: _, ...counts } = tally.counts;
      for (const status of ['ok', 'partial', 'failed', 'raw'] as const) sum[status] += counts[status];
      return { parser, records: recordsOf(counts), score: parseScore(counts), ...counts };
    });
    parsers.sort((a, b) => b.records - a.records || (a.parser < b.parser ? -1 : 1));
    return { records: this.lines, score: parseScore(sum), parsers };
  }
}

/** The same for people, a line each. */
export function describeStats({ records, score, parsers }: ParseStats): string[] {
  const head = ['parser', 'records', 'score', 'ok', 'partial', 'failed', 'raw', 'fields', 'labels'];
  const rows = parsers.map((one) => [
    one.parser,
    ...[one.records, percent(one.score), one.ok, one.partial, one.failed, one.raw].map(String),
    String(one.fields.length),
    String(one.labels.length),
  ]);
  const lines = [`${records} records, ${percent(score)} parsed whole`, '', ...textTable([head, ...rows])];
  for (const one of parsers) {
    const unread = unreadLines(one);
    if (unread.length > 0) lines.push('', `${one.parser}: what was not read`, ...unread);
  }
  return lines;
}
