import type { estypes } from '@elastic/elasticsearch';
import type { HistogramBuckets } from '../../answers/histogram-buckets.ts';
import { readField } from '../../answers/masked-event.ts';
import { valueText } from '../../answers/value-text.ts';
import type { SearchField } from '../../store.ts';
import { groupPath } from '../documents/index-fields.ts';
import type { SearchLimits } from '../options.ts';
import { others, type Plan } from '../query/plan.ts';
import type { Requests } from '../query/requests.ts';
import { groups } from './groups.ts';
import { groupable } from './top-values.ts';

type Sources = NonNullable<estypes.AggregationsCompositeAggregation['sources']>;

/** Counts the answer into buckets of `@timestamp`, stacked by the values of a field; '' stands for events without it. */
export async function fillHistogram(
  buckets: HistogramBuckets,
  stackBy: SearchField | undefined,
  plan: Plan,
  requests: Requests,
  limits: SearchLimits,
): Promise<void> {
  const interval = buckets.intervalMicros;
  const stackOf = (value: string | number | null | undefined) => {
    if (stackBy === undefined) return undefined;
    return value === null || value === undefined ? '' : valueText(stackBy, value);
  };
  const counted = stackBy === undefined ? plan.clause.sure : groupable(plan, stackBy);
  for await (const event of others(plan, counted, requests, limits)) {
    const bucket = Math.floor((event['@timestamp'] as number) / interval);
    buckets.add(bucket, stackOf(stackBy && readField(event, stackBy)), 1);
  }
  const path = stackBy && groupPath(stackBy);
  // texts are in no group: all of it was counted above
  if (stackBy !== undefined && path === undefined) return;
  const sources: Sources = [{ bucket: { histogram: { field: '@timestamp', interval } } }];
  if (path !== undefined) sources.push({ stack: { terms: { field: path, missing_bucket: true } } });
  for await (const { key, count } of groups(counted, sources, requests, limits)) {
    buckets.add(Math.round(Number(key.bucket) / interval), stackOf(key.stack), count);
  }
}
