import { byFrequency, valueText } from '../../answers/value-text.ts';
import type { SearchField, TopValues } from '../../store.ts';
import { groupPath } from '../documents/index-fields.ts';
import type { SearchLimits } from '../options.ts';
import { allOf, NONE, type Query, without } from '../query/clause.ts';
import { others, type Plan } from '../query/plan.ts';
import { has, isCut } from '../query/presence.ts';
import type { Requests } from '../query/requests.ts';
import { byCount, FrequentValues, type ValueCount } from './frequent-values.ts';
import { Tally } from './tally.ts';

/** The part of the answer whose values the index can group: none of a text, nothing that was cut. */
export function groupable({ clause }: Plan, field: SearchField): Query {
  return groupPath(field) === undefined ? NONE : without(clause.sure, isCut(field));
}

/** The most frequent values of a field, with the others and those without it counted. */
export async function findTopValues(
  plan: Plan,
  field: SearchField,
  size: number,
  requests: Requests,
  limits: SearchLimits,
): Promise<TopValues> {
  const counted = groupable(plan, field);
  const tally = new Tally(field);
  for await (const event of others(plan, counted, requests, limits)) tally.add(event);
  const path = groupPath(field);
  const indexed = path === undefined ? undefined : new FrequentValues(requests, counted, path, limits);
  const [total, present] =
    indexed === undefined
      ? [0, 0]
      : [await requests.count(counted), await requests.count(allOf([counted, has(field)]))];
  const candidates = await merge(indexed, tally, size);
  const values = candidates
    .toSorted(byCount)
    .slice(0, size)
    .map(({ value, count }) => ({ value: valueText(field, value), count }))
    .sort(byFrequency);
  const shown = values.reduce((sum, { count }) => sum + count, 0);
  return {
    values,
    other: present + tally.present - shown,
    missing: total - present + tally.missing,
  };
}

/**
 * Everything that can be among the first `size`: the index's own first ones, and what was tallied here with what the index
 * has of it. Any other value has in the index at most as many as each of its first ones.
 */
async function merge(indexed: FrequentValues | undefined, tally: Tally, size: number): Promise<ValueCount[]> {
  const counts = new Map<string | number, number>();
  if (indexed) {
    const first = await indexed.top(size);
    const named = new Set(first.map(({ value }) => value));
    const rest = await indexed.count([...tally.counts.keys()].filter((value) => !named.has(value)));
    for (const { value, count } of [...first, ...rest]) counts.set(value, count);
  }
  for (const [value, count] of tally.counts) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].map(([value, count]) => ({ value, count }));
}
