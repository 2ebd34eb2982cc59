import type { SearchQuery } from '../../store.ts';
import { ALL, allOf, type Query } from './clause.ts';

/** [from, to) of a field of µs; no condition where both ends are open. */
function within(
  field: '@timestamp' | 'logmaster.received_at',
  from: number | undefined,
  to: number | undefined,
): Query {
  if (from === undefined && to === undefined) return ALL;
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  return { range: { [field]: bounds } };
}

const among = (field: string, values: readonly string[] | null): Query =>
  values === null ? ALL : { terms: { [field]: [...values] } };

/**
 * What scope and time range leave (invariant 6). All day indices are asked: a shard answers by the smallest and largest
 * value it has, without a search, when none of its records can be in the ranges. Leaving indices out by name would need
 * a bound between received day and `@timestamp`, which a device's clock does not keep.
 */
export function scopeFilter({ scope, from, to }: Omit<SearchQuery, 'text'>): Query {
  return allOf([
    within('@timestamp', from, to),
    within('logmaster.received_at', scope.from ?? undefined, scope.to ?? undefined),
    among('logmaster.site.id', scope.sites),
    among('logmaster.device.id', scope.devices),
  ]);
}
