import type { SessionUser } from '../../context.ts';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import { tookSince, toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;

/** How many records match; exact. */
export async function countRecords({ store, signal }: Deps, user: SessionUser, input: WireQuery) {
  const began = performance.now();
  const value = await store.count(toSearchQuery(user, input), { signal });
  return { value, exact: true, tookMs: tookSince(began) };
}
