import type { estypes } from '@elastic/elasticsearch';
import type { SearchLimits } from '../options.ts';
import type { Query } from '../query/clause.ts';
import type { Requests } from '../query/requests.ts';
import { groups } from './groups.ts';

export interface ValueCount {
  readonly value: string | number;
  readonly count: number;
}

interface TermsAnswer {
  readonly values: readonly ValueCount[];
  /** Whether every shard named all its values, so that the counts are exact. */
  readonly complete: boolean;
  readonly shards: number;
}

/** Most frequent first, then by value in the order in which the index keeps it. */
export function byCount(a: ValueCount, b: ValueCount): number {
  if (a.count !== b.count) return b.count - a.count;
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
  return Buffer.compare(Buffer.from(String(a.value)), Buffer.from(String(b.value)));
}

/** Values at `path` in what `query` finds, and how often. */
export class FrequentValues {
  readonly #requests: Requests;
  readonly #query: Query;
  readonly #path: string;
  readonly #limits: SearchLimits;

  constructor(requests: Requests, query: Query, path: string, limits: SearchLimits) {
    this.#requests = requests;
    this.#query = query;
    this.#path = path;
    this.#limits = limits;
  }

  /**
   * The `size` most frequent values, exactly. A shard names only its own most frequent ones, so a value that is second
   * everywhere can be missed. When the shards did not name all they have:
   * 1. what they named has at least the counts they gave: the lowest of the first `size` is a lower bound of the answer;
   * 2. a value that reaches this bound over all shards reaches its share of it in one of them: asked for such, the
   *    shards name everything that can be in the answer;
   * 3. those are counted one by one (Cao and Wang, PODC 2004).
   * Where even these are too many, as with ids that all occur once, all values are gone through.
   */
  async top(size: number): Promise<readonly ValueCount[]> {
    if (size === 0) return [];
    const first = await this.#terms({ size });
    if (first.complete) return first.values;
    const lowest = first.values.at(-1)?.count ?? 0;
    const share = Math.ceil(lowest / first.shards);
    // the server lowers the shards' limit to the general one
    const minimum = { shard_min_doc_count: share, min_doc_count: share };
    const candidates = await this.#terms({ size: this.#limits.shardValues, ...minimum });
    if (!candidates.complete || candidates.values.length >= this.#limits.shardValues) return this.#goThrough(size);
    return (await this.count(candidates.values.map(({ value }) => value))).toSorted(byCount).slice(0, size);
  }

  /** How often each of these values occurs; those that do not are left out. */
  async count(values: readonly (string | number)[]): Promise<readonly ValueCount[]> {
    const counted: ValueCount[] = [];
    for (let at = 0; at < values.length; at += this.#limits.groups) {
      const include = values.slice(at, at + this.#limits.groups).map(String);
      const { values: found } = await this.#terms({ size: include.length, shard_size: include.length, include });
      counted.push(...found);
    }
    return counted;
  }

  async #terms(more: estypes.AggregationsTermsAggregation): Promise<TermsAnswer> {
    const terms = { field: this.#path, shard_size: this.#limits.shardValues, ...more };
    const { aggregations, _shards: shards } = await this.#requests.send({
      query: this.#query,
      size: 0,
      track_total_hits: false,
      aggs: { values: { terms } },
    });
    const answer = aggregations?.values as estypes.AggregationsStringTermsAggregate | undefined;
    const buckets = (answer?.buckets ?? []) as { key: string | number; doc_count: number }[];
    return {
      values: buckets.map(({ key, doc_count: count }) => ({ value: key, count })),
      complete: (answer?.doc_count_error_upper_bound ?? 0) === 0,
      shards: Math.max(1, shards.total),
    };
  }

  async #goThrough(size: number): Promise<readonly ValueCount[]> {
    let best: ValueCount[] = [];
    const all = groups(this.#query, [{ value: { terms: { field: this.#path } } }], this.#requests, this.#limits);
    for await (const { key, count } of all) {
      best.push({ value: key.value as string | number, count });
      if (best.length >= size * 2 + this.#limits.groups) best = best.sort(byCount).slice(0, size);
    }
    return best.sort(byCount).slice(0, size);
  }
}
