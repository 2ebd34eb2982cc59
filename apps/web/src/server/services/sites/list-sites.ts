import { listSites as readSites, type SiteRow } from '@logmaster/db/sites';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';

/** Turkish order (ç after c, ı before i) also sorts English names rightly. */
const byName = new Intl.Collator('tr', { numeric: true });

/** Sites in the user's scope, by name. */
export async function listSites({ database }: Pick<Dependencies, 'database'>, user: SessionUser): Promise<SiteRow[]> {
  const scope = scopeOf(user);
  const sites = (await database.fromReplica(user.id, (replica) => readSites(replica))).filter(({ id }) =>
    showsSite(scope, id),
  );
  return sites.sort((a, b) => byName.compare(a.name, b.name));
}
