import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { noticing } from './notices.ts';
import { tookSince, toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;

/** How many records match; exact unless a part of the index is out. */
export async function countRecords({ store, signal }: Deps, user: SessionUser, input: WireQuery) {
  const began = performance.now();
  const noticed = noticing(signal);
  const value = await store.count(toSearchQuery(user, input), noticed);
  const { notices } = noticed;
  return { value, exact: notices.length === 0, tookMs: tookSince(began), notices };
}
