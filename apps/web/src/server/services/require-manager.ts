import { AppError } from '@logmaster/core/errors';
import type { SessionUser } from '../session-user.ts';

/** For decisions that no scope of an API token allows: they are made in a session. */
export function requireManager(user: SessionUser): void {
  if (user.sessionId === null) throw new AppError('FORBIDDEN', { detail: 'no API token can do this: sign in' });
}
