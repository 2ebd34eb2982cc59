import type { SearchField } from '@logmaster/search/store';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { noticing } from './notices.ts';
import { tookSince, toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;
type Input = WireQuery & { readonly field: SearchField; readonly size: number };

/** The most frequent values of a field among the matching records. */
export async function countTopValues({ store, signal }: Deps, user: SessionUser, input: Input) {
  const began = performance.now();
  const noticed = noticing(signal);
  const top = await store.topValues(toSearchQuery(user, input), input.field, input.size, noticed);
  const { other, missing } = top;
  return { values: [...top.values], other, missing, tookMs: tookSince(began), notices: noticed.notices };
}
