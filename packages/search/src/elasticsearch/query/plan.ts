import type { FlatEvent } from '@logmaster/core/event/event';
import { maskedFields } from '../../answers/masking-rules.ts';
import type { QueryAst } from '../../query/ast.ts';
import { matcher } from '../../query/matcher.ts';
import type { SearchQuery } from '../../store.ts';
import type { SearchLimits } from '../options.ts';
import { both, type Clause, exactly, NONE, type Query, without } from './clause.ts';
import { compile } from './compile.ts';
import type { Requests } from './requests.ts';
import { scopeFilter } from './scope-filter.ts';

/** A query ready to be asked: what the index decides, and how the rest is decided. */
export interface Plan {
  readonly clause: Clause;
  readonly matches: (event: FlatEvent) => boolean;
}

export function makePlan(query: Omit<SearchQuery, 'text'>, ast: QueryAst, wildcards: boolean): Plan {
  const masked = maskedFields(query.scope);
  return {
    clause: both([exactly(scopeFilter(query)), compile(ast, { masked, wildcards })]),
    matches: matcher(ast, masked),
  };
}

/**
 * Events of the answer that are not in `counted`, the part of it which the index counts by itself. Most often none, at
 * the cost of one request; each of them is fetched and looked at.
 */
export async function* others(
  { clause, matches }: Plan,
  counted: Query,
  requests: Requests,
  { checked }: SearchLimits,
): AsyncGenerator<FlatEvent> {
  const open = without(clause.maybe, counted);
  if (clause.maybe === counted || open === NONE) return;
  for await (const events of requests.newestFirst(open, () => checked)) {
    for (const event of events) if (matches(event)) yield event;
  }
}
