import type { SearchField } from '@logmaster/search/store';
import type { SessionUser } from '../../context.ts';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import { tookSince, toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;
type Input = WireQuery & { readonly field: SearchField; readonly size: number };

/** The most frequent values of a field among the matching records. */
export async function countTopValues({ store, signal }: Deps, user: SessionUser, input: Input) {
  const began = performance.now();
  const top = await store.topValues(toSearchQuery(user, input), input.field, input.size, { signal });
  return { values: [...top.values], other: top.other, missing: top.missing, tookMs: tookSince(began) };
}
