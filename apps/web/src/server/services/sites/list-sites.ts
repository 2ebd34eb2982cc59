import { listSites as readSites, type SiteRow } from '@logmaster/db/sites';
import type { SessionUser } from '../../context.ts';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';

/** Sites in the user's scope, by name. */
export async function listSites(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
): Promise<SiteRow[]> {
  const scope = scopeOf(user);
  return (await readSites(primary)).filter(({ id }) => showsSite(scope, id));
}
