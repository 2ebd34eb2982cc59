import { type AssetRow, createAsset as store } from '@logmaster/db/assets';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireInSite } from '../require-in-site.ts';
import { requireScope } from '../require-scope.ts';

interface Input {
  readonly name: string;
  readonly thing: { readonly network: string | null; readonly mac: string | null };
  readonly siteId: string | null;
}

/** Names a thing of the network. CONFLICT when it has a name there already. */
export function createAsset(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  { name, thing, siteId }: Input,
): Promise<AssetRow> {
  requireScope(user, 'assets:write');
  requireInSite(user, siteId);
  return store(primary, { name, ...thing, siteId });
}
