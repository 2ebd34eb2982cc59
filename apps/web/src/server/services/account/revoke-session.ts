import { AppError } from '@logmaster/core/errors';
import { revokeSession as revoke } from '@logmaster/db/sessions';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';

type Deps = Pick<Dependencies, 'database' | 'clock' | 'sessions'>;

/** Ends one of the user's own sessions. NOT_FOUND when it is not open or someone else's. */
export async function revokeSession(
  { database: { primary }, clock, sessions }: Deps,
  user: SessionUser,
  id: string,
): Promise<{ id: string }> {
  if (!(await revoke(primary, { id, userId: user.id, now: dateOf(clock) }))) {
    throw new AppError('NOT_FOUND', { detail: 'no such open session' });
  }
  await sessions.forget([id]);
  return { id };
}
