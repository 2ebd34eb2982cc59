import { AppError } from '@logmaster/core/errors';
import { rfc3339ToMicros } from '@logmaster/core/time';
import type { SearchField } from '@logmaster/search/store';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { noticing } from './notices.ts';
import { tookSince, toSearchQuery, type WireQuery } from './search-query.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;
type Input = Required<WireQuery> & { readonly buckets: number; readonly stackBy?: SearchField | undefined };

/** Counts per interval of `@timestamp`, stacked by the values of a field. INVALID_INPUT when the range is empty. */
export async function drawHistogram({ store, signal }: Deps, user: SessionUser, input: Input) {
  const began = performance.now();
  const from = rfc3339ToMicros(input.from ?? '');
  const to = rfc3339ToMicros(input.to ?? '');
  if (!(from < to)) throw new AppError('INVALID_INPUT', { detail: 'from must be before to' });
  const query = { ...toSearchQuery(user, input), from, to };
  const shape = { buckets: input.buckets, stackBy: input.stackBy };
  const noticed = noticing(signal);
  const histogram = await store.histogram(query, shape, noticed);
  const buckets = histogram.buckets.map((bucket) => ({ ...bucket, stacks: { ...bucket.stacks } }));
  return { ...histogram, buckets, tookMs: tookSince(began), notices: noticed.notices };
}
