import type { Folder } from '@/features/evidence/types.ts';

/** The sealed folder as one file: a segment, or without a number the packed day. */
export function downloadPath({ siteId, day, node, segment }: Folder): string {
  const parameters = new URLSearchParams({ site: siteId, day, node });
  if (segment !== undefined) parameters.set('segment', String(segment));
  return `/api/evidence/download?${parameters}`;
}
