import type { estypes } from '@elastic/elasticsearch';
import type { SearchLimits } from '../options.ts';
import type { Query } from '../query/clause.ts';
import type { Requests } from '../query/requests.ts';

type Sources = NonNullable<estypes.AggregationsCompositeAggregation['sources']>;

interface Group {
  readonly key: Readonly<Record<string, string | number | null>>;
  readonly count: number;
}

/** Every group of what a query finds, in the order of its key. Exact over any number of shards, in bounded memory. */
export async function* groups(
  query: Query,
  sources: Sources,
  requests: Requests,
  limits: SearchLimits,
): AsyncGenerator<Group> {
  let after: estypes.AggregationsCompositeAggregateKey | undefined;
  do {
    const composite = { size: limits.groups, sources, ...(after ? { after } : {}) };
    const { aggregations } = await requests.send({
      query,
      size: 0,
      track_total_hits: false,
      aggs: { groups: { composite } },
    });
    const answer = aggregations?.groups as estypes.AggregationsCompositeAggregate | undefined;
    const buckets = (answer?.buckets ?? []) as estypes.AggregationsCompositeBucket[];
    for (const { key, doc_count: count } of buckets) yield { key: key as Group['key'], count };
    after = buckets.length < limits.groups ? undefined : answer?.after_key;
  } while (after);
}
