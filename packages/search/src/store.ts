import type { PartHealth } from '@logmaster/core/api/health';
import type { SearchNotice } from '@logmaster/core/api/search';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { FieldName } from '@logmaster/core/event/fields';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Scope } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';

/** A place in one worker's journal: everything before `sequence` of journal file `journal` is done. */
export interface JournalPosition {
  readonly journal: number;
  readonly sequence: number;
}

/** Events of one stretch of one journal stream. Written whole or not at all. */
export interface EventBatch {
  /** `<node>.<worker>` */
  readonly stream: string;
  readonly from: JournalPosition;
  readonly to: JournalPosition;
  /** In journal order. Each carries `@timestamp`, `logmaster.record.id`, `.received_at` and `.site.id`. */
  readonly events: readonly FlatEvent[];
  /** The same events as columns, when they were parsed into such: an engine takes one or the other. */
  readonly columns?: ColumnBatch;
}

export interface SearchQuery {
  /** Lucene syntax; '' finds everything. */
  readonly text: string;
  /** [from, to) of `@timestamp`; open where undefined. */
  readonly from?: Micros | undefined;
  readonly to?: Micros | undefined;
  readonly scope: Scope;
}

export interface CallOptions {
  /** Aborting stops the engine's work and rejects with SEARCH_CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what the answer lacks. A call without it rejects with SEARCH_INCOMPLETE instead: nobody takes part for all. */
  readonly onNotice?: ((notice: SearchNotice) => void) | undefined;
}

export interface SearchPage {
  /** Newest first: `@timestamp` descending, then record id descending. */
  readonly events: readonly FlatEvent[];
  /** Cursor of the next page, null on the last. */
  readonly after: string | null;
  readonly tookMs: number;
}

export interface HistogramBucket {
  readonly from: Micros;
  readonly count: number;
  /** Value of the `stackBy` field → count; '' stands for records without it. */
  readonly stacks: Readonly<Record<string, number>>;
}

export interface Histogram {
  readonly intervalMicros: Micros;
  readonly from: Micros;
  readonly to: Micros;
  /** Every bucket of the range in order, empty ones included. */
  readonly buckets: readonly HistogramBucket[];
}

export interface TopValues {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Records that have the field but whose value is not in `values`. */
  readonly other: number;
  /** Records without the field. */
  readonly missing: number;
}

/** A field of the table, or `labels.<key>`. */
export type SearchField = FieldName | `labels.${string}`;

/** The way into the index for records that no batch brings any more: they were put aside and are replayed, or are parsed anew. */
export interface ReplayStore {
  /**
   * Adds events whatever the positions of their streams. One that is in the index already is left as it is, so that a
   * replay may be repeated after a crash. Atomic where the engine can: at least each event is in or not. Throws
   * INVALID_INPUT for an event that can't be indexed.
   */
  addMissing(events: readonly FlatEvent[]): Promise<void>;
  /**
   * Puts events of one site and received day (`YYYY-MM-DD`, UTC) in the place of those that have their record ids, so that
   * the number of records stays. An event whose record is not in the index is left out. Searches see the old ones or the new
   * ones: of all where the engine can, at least of each. May be repeated. Throws INVALID_INPUT for an event that can't be
   * indexed or is of another site or day, CONFLICT when the files concerned change again and again.
   * @returns how many were replaced
   */
  replace(
    day: { readonly site: string; readonly day: string },
    events: AsyncIterable<FlatEvent> | Iterable<FlatEvent>,
  ): Promise<number>;
}

/**
 * The search engine behind the product. DuckDB over Parquet and Elasticsearch implement it with one meaning; one
 * conformance suite runs against both. Errors are AppError with QUERY_* or SEARCH_* codes.
 */
export interface SearchStore extends Lifecycle {
  /**
   * Adds a batch atomically and durably; afterwards it is searchable. A batch that begins before `position(stream)`
   * was written earlier in part or whole: what is already there is skipped, so a replay never doubles a record.
   */
  write(batch: EventBatch): Promise<void>;
  /** Where the next batch of a stream begins; null when nothing of it was written. */
  position(stream: string): Promise<JournalPosition | null>;
  search(
    query: SearchQuery,
    page: { size: number; after?: string | undefined },
    options?: CallOptions,
  ): Promise<SearchPage>;
  count(query: SearchQuery, options?: CallOptions): Promise<number>;
  /** `buckets` is a wish; the interval is the nearest round one (1 s … 1 d) that gives at most that many. */
  histogram(
    query: SearchQuery & { from: Micros; to: Micros },
    shape: { buckets: number; stackBy?: SearchField | undefined },
    options?: CallOptions,
  ): Promise<Histogram>;
  topValues(query: SearchQuery, field: SearchField, size: number, options?: CallOptions): Promise<TopValues>;
  /** Null when it does not exist or the scope hides it. */
  get(recordId: string, scope: Scope, options?: CallOptions): Promise<FlatEvent | null>;
  health(): Promise<PartHealth>;
}
