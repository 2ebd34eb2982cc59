import { COVERAGE_LIMITS, type CoverageCounts } from '@logmaster/core/coverage/counts';
import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS, FIELD_NAMES, type FieldName } from '@logmaster/core/event/fields';
import { patternOf } from './pattern.ts';
import { PatternTable } from './pattern-table.ts';

export type ParseStatus = 'ok' | 'partial' | 'failed' | 'raw';

/** Fields that every record has, or that the product and not the parser sets: they say nothing about parsing. */
const ALWAYS: ReadonlySet<string> = new Set<FieldName>(['@timestamp', 'message', 'event.original', 'event.kind']);

/** The fields that coverage looks at. */
export const COVERED_FIELDS: ReadonlySet<string> = new Set(
  FIELD_NAMES.filter((name) => EVENT_FIELDS[name].group !== 'logmaster' && !ALWAYS.has(name)),
);

/** What can't be stored or shown as it is: control characters, halves of characters. */
const CONTROL = /\p{Cc}/gu;
const plain = (text: string) => text.toWellFormed().replace(CONTROL, '\uFFFD');

const MAX_PARSERS = 64;
const MAX_ERROR = 160;

/** How many records were parsed how, in bounded memory. */
export class CoverageTally {
  readonly #statuses = { ok: 0, partial: 0, failed: 0, raw: 0 };
  readonly #parsers = new Map<string, number>();
  readonly #fields = new Set<string>();
  readonly #labels = new Set<string>();
  readonly #errors = new Map<string, { count: number; readonly sample: string }>();
  readonly #patterns = new PatternTable(COVERAGE_LIMITS.patterns);
  #otherErrors = 0;

  count(status: ParseStatus, parser: string, records: number): void {
    this.#statuses[status] += records;
    if (this.#parsers.has(parser) || this.#parsers.size < MAX_PARSERS)
      this.#parsers.set(parser, (this.#parsers.get(parser) ?? 0) + records);
  }

  hasField(name: string): boolean {
    return this.#fields.has(name);
  }

  field(name: string): void {
    this.#fields.add(name);
  }

  label(name: string): void {
    if (this.#labels.size < COVERAGE_LIMITS.labels) this.#labels.add(plain(name));
  }

  /** @param errors a record's `logmaster.parse.errors` */
  errors(errors: string, records: number, sample: string): void {
    for (const each of errors.split('; ')) {
      const error = plain(each.slice(0, MAX_ERROR));
      const known = this.#errors.get(error);
      if (known !== undefined) known.count += records;
      else if (this.#errors.size < COVERAGE_LIMITS.errors) this.#errors.set(error, { count: records, sample });
      else this.#otherErrors += records;
    }
  }

  /** A record that no parser took. */
  unparsed(text: string, records: number, sample: string): void {
    this.#patterns.add(plain(patternOf(text)), records, sample);
  }

  /** One record whole. */
  add(event: FlatEvent, sample: string): void {
    const status = (event['logmaster.parse.status'] ?? 'failed') as ParseStatus;
    this.count(status, event['logmaster.parser'] ?? 'none', 1);
    for (const name in event) if (COVERED_FIELDS.has(name)) this.field(name);
    for (const name of Object.keys(event.labels ?? {})) this.label(name);
    const errors = event['logmaster.parse.errors'];
    if (errors !== undefined) this.errors(errors, 1, sample);
    if (status === 'raw' || status === 'failed') this.unparsed(event.message ?? '', 1, sample);
  }

  get counts(): CoverageCounts {
    const errors = [...this.#errors].map(([error, { count, sample }]) => ({ error, count, sample }));
    return {
      ...this.#statuses,
      parsers: Object.fromEntries(this.#parsers),
      fields: [...this.#fields].sort(),
      labels: [...this.#labels].sort(),
      errors: errors.sort((a, b) => b.count - a.count || (a.error < b.error ? -1 : 1)),
      otherErrors: this.#otherErrors,
      patterns: this.#patterns.counts,
      otherPatterns: this.#patterns.other,
    };
  }
}
