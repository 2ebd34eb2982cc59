import { rfc3339ToMicros } from '@logmaster/core/time';
import type { SearchQuery } from '@logmaster/search/store';
import { scopeOf } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';

/** A query as it comes over the wire: Lucene text, moments in RFC 3339. */
export interface WireQuery {
  readonly q: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function toSearchQuery(user: SessionUser, { q, from, to }: WireQuery): SearchQuery {
  return {
    text: q,
    scope: scopeOf(user),
    ...(from === undefined ? {} : { from: rfc3339ToMicros(from) }),
    ...(to === undefined ? {} : { to: rfc3339ToMicros(to) }),
  };
}

/** Milliseconds since `began` (performance.now()), to a tenth. */
export function tookSince(began: number): number {
  return Math.round((performance.now() - began) * 10) / 10;
}
