import { AppError } from '@logmaster/core/errors';
import type { SessionUser } from '../context.ts';

/** Decisions are made in a session: an API token reads. */
export function requireManager(user: SessionUser): void {
  if (user.sessionId === null) throw new AppError('FORBIDDEN', { detail: 'an API token can only read' });
}
