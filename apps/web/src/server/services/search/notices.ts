import type { SearchNotice } from '@logmaster/core/api/search';
import type { CallOptions } from '@logmaster/search/store';

/** Options of a call with a place for what its answer lacks. */
export function noticing(signal: AbortSignal | undefined): CallOptions & { readonly notices: SearchNotice[] } {
  const notices: SearchNotice[] = [];
  return { signal, notices, onNotice: (notice) => notices.push(notice) };
}

/** Of several answers that are shown as one: the days of all of them. */
export function mergeNotices(...lists: readonly (readonly SearchNotice[])[]): SearchNotice[] {
  const days = new Set(lists.flat().flatMap((notice) => notice.days));
  return days.size === 0 ? [] : [{ code: 'INDEX_SHED', days: [...days].sort() }];
}
