import { removeAsset as remove } from '@logmaster/db/assets';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireScope } from '../require-scope.ts';

/** Records from now on have no name for it; those that have it keep it. NOT_FOUND outside of the user's sites. */
export function removeAsset(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  { id }: { readonly id: string },
): Promise<void> {
  requireScope(user, 'assets:write');
  return remove(primary, id, scopeOf(user).sites);
}
