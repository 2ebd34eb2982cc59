import type { estypes } from '@elastic/elasticsearch';

export type Query = estypes.QueryDslQueryContainer;

/**
 * A condition as far as the index can decide it: records in `sure` hold, records outside `maybe` do not, and those in
 * between are read and decided one by one (query/matcher.ts). For most conditions both are the same query.
 */
export interface Clause {
  readonly sure: Query;
  readonly maybe: Query;
}

export const ALL: Query = { match_all: {} };
export const NONE: Query = { match_none: {} };

export function exactly(query: Query): Clause {
  return { sure: query, maybe: query };
}

export const isExact = (clause: Clause) => clause.sure === clause.maybe;

export function allOf(queries: readonly Query[]): Query {
  if (queries.includes(NONE)) return NONE;
  const needed = queries.filter((query) => query !== ALL);
  const [first] = needed;
  if (first === undefined) return ALL;
  return needed.length === 1 ? first : { bool: { filter: needed } };
}

export function anyOf(queries: readonly Query[]): Query {
  if (queries.includes(ALL)) return ALL;
  const possible = queries.filter((query) => query !== NONE);
  const [first] = possible;
  if (first === undefined) return NONE;
  return possible.length === 1 ? first : { bool: { should: possible, minimum_should_match: 1 } };
}

export function not(query: Query): Query {
  if (query === ALL) return NONE;
  return query === NONE ? ALL : { bool: { must_not: [query] } };
}

/** `query` without what `other` finds. */
export const without = (query: Query, other: Query) => allOf([query, not(other)]);

/** Applies an operation to both sides; once where they are the same. */
function lift(clauses: readonly Clause[], join: (queries: readonly Query[]) => Query): Clause {
  const sure = join(clauses.map((clause) => clause.sure));
  return clauses.every(isExact) ? exactly(sure) : { sure, maybe: join(clauses.map((clause) => clause.maybe)) };
}

export const both = (clauses: readonly Clause[]) => lift(clauses, allOf);
export const either = (clauses: readonly Clause[]) => lift(clauses, anyOf);

export function negated(clause: Clause): Clause {
  return isExact(clause) ? exactly(not(clause.sure)) : { sure: not(clause.maybe), maybe: not(clause.sure) };
}
