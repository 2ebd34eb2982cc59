import { AppError } from '@logmaster/core/errors';
import { readUser } from '@logmaster/db/users';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';

/** The signed-in person with his preferences. */
export async function describeMe({ database: { primary } }: Pick<Dependencies, 'database'>, user: SessionUser) {
  if (user.sessionId === null) throw new AppError('FORBIDDEN', { detail: 'an API token has no account page' });
  const { passwordHash: _, ...shown } = await readUser(primary, user.id);
  return { ...shown, sessionId: user.sessionId };
}
