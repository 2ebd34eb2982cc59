import { AppError } from '@logmaster/core/errors';
import type { RequestContext } from '../../context.ts';
import type { SessionUser } from '../../session-user.ts';

/** The signed-in user, or UNAUTHENTICATED. */
export function requireSession({ session }: Pick<RequestContext, 'session'>): SessionUser {
  if (session) return session;
  throw new AppError('UNAUTHENTICATED');
}

/** The same, or PASSWORD_CHANGE_REQUIRED while a one-time password is in use. */
export function requireUser(context: Pick<RequestContext, 'session'>): SessionUser {
  const user = requireSession(context);
  if (user.mustChangePassword) throw new AppError('PASSWORD_CHANGE_REQUIRED');
  return user;
}
