import { type AssetRow, createAsset as store } from '@logmaster/db/assets';
import type { SessionUser } from '../../context.ts';
import type { Dependencies } from '../../dependencies.ts';
import { requireManager } from '../require-manager.ts';

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
  requireManager(user);
  return store(primary, { name, ...thing, siteId });
}
