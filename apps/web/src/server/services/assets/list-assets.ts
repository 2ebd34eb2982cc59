import { type AssetRow, listAssets as readAssets } from '@logmaster/db/assets';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';

/** Assets of the sites that the user may see, and those of every site. */
export async function listAssets(
  { database }: Pick<Dependencies, 'database'>,
  user: SessionUser,
): Promise<readonly AssetRow[]> {
  const rows = await database.fromReplica(user.id, (replica) => readAssets(replica));
  const scope = scopeOf(user);
  return rows.filter(({ siteId }) => siteId === null || showsSite(scope, siteId));
}
