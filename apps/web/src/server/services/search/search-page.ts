import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { noticing } from './notices.ts';
import { toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;

/** One page of records, newest first. Errors: QUERY_*, INVALID_CURSOR, SEARCH_*. */
export async function searchPage(
  { store, signal }: Deps,
  user: SessionUser,
  input: WireQuery & { readonly size: number; readonly after?: string | null | undefined },
) {
  const noticed = noticing(signal);
  const { events, after, tookMs } = await store.search(
    toSearchQuery(user, input),
    { size: input.size, after: input.after ?? undefined },
    noticed,
  );
  return { events: [...events], after, tookMs, notices: noticed.notices };
}
