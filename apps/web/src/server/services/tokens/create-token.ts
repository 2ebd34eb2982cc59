import { createApiToken, type NewToken } from '@logmaster/db/tokens';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireManager } from '../require-manager.ts';

/** Makes an API token of the user. The token itself is in this answer and nowhere else. */
export function createToken(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  asked: NewToken,
) {
  requireManager(user);
  return createApiToken(primary, { ...asked, userId: user.id });
}
