import { revokeApiToken } from '@logmaster/db/tokens';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireManager } from '../require-manager.ts';

/** Ends an API token at once. NOT_FOUND when the user has no such token. */
export async function revokeToken(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  id: string,
): Promise<{ id: string }> {
  requireManager(user);
  await revokeApiToken(primary, { userId: user.id, id });
  return { id };
}
