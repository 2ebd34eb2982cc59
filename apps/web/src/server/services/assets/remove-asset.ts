import { removeAsset as remove } from '@logmaster/db/assets';
import type { SessionUser } from '../../context.ts';
import type { Dependencies } from '../../dependencies.ts';
import { requireManager } from '../require-manager.ts';

/** Records from now on have no name for it; those that have it keep it. */
export function removeAsset(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  { id }: { readonly id: string },
): Promise<void> {
  requireManager(user);
  return remove(primary, id);
}
