import { listApiTokens } from '@logmaster/db/tokens';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';

/** The user's API tokens, newest first, revoked ones included. */
export function listTokens({ database }: Pick<Dependencies, 'database'>, user: SessionUser) {
  return database.fromReplica(user.id, (replica) => listApiTokens(replica, user.id));
}
