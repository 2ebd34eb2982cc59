import type { IdentityEvent } from '@logmaster/core/api/identity-events';
import { AppError } from '@logmaster/core/errors';
import { listSites } from '@logmaster/db/sites';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireInSite } from '../require-in-site.ts';

/**
 * The events with the sites that they will be records of: that of the token, else the one they name. Where both say nothing,
 * it is the site of the system that tells. FORBIDDEN for another site than the token's, INVALID_INPUT for one that is not there.
 */
export async function placeEvents(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  events: readonly IdentityEvent[],
): Promise<readonly IdentityEvent[]> {
  const own = user.token?.siteId ?? undefined;
  const named = new Set(events.flatMap(({ site }) => site ?? []));
  for (const site of named) requireInSite(user, site);
  if (own !== undefined) return events.map((event) => ({ ...event, site: own }));
  if (named.size === 0) return events;
  // Of the primary: a site that was made a moment ago is one.
  const known = new Set((await listSites(primary)).map(({ id }) => id));
  const index = events.findIndex(({ site }) => site !== undefined && !known.has(site));
  if (index === -1) return events;
  throw new AppError('INVALID_INPUT', { detail: `events.${index}.site: there is no site ${events[index]?.site}` });
}
