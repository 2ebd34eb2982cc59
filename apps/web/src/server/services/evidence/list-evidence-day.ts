import { utcDay } from '@logmaster/core/time';
import type { EvidenceDay } from '../../contracts/evidence.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { stateOfDay } from './list-evidence-month.ts';
import { readDay } from './read-day.ts';
import { readPackedSegments } from './read-packed-day.ts';
import { requireSite } from './require-site.ts';

type Deps = Pick<Dependencies, 'layout' | 'clock'>;

/** Every segment of a site's UTC day, those of packed days included, with the packed days themselves. */
export async function listEvidenceDay(
  { layout: { archive }, clock }: Deps,
  user: SessionUser,
  { siteId, day }: { readonly siteId: string; readonly day: string },
): Promise<EvidenceDay> {
  requireSite(user, siteId);
  const found = await readDay(archive, siteId, day);
  const inside = await Promise.all(found.packed.map(({ folder }) => readPackedSegments(archive, folder, day)));
  const segments = [...found.segments, ...inside.flat()].sort((a, b) =>
    a.node < b.node ? -1 : a.node > b.node ? 1 : a.segment - b.segment,
  );
  return {
    siteId,
    day,
    state: stateOfDay(found, day, utcDay(clock())),
    packed: found.packed.map(({ segments: _, ...packed }) => packed),
    segments,
    damaged: [...found.damaged],
  };
}
