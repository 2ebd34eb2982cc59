import { AppError } from '@logmaster/core/errors';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';

/** NOT_FOUND when the user's scope hides the site, as if it did not exist. */
export function requireSite(user: SessionUser, siteId: string): void {
  if (!showsSite(scopeOf(user), siteId)) throw new AppError('NOT_FOUND', { detail: 'no such site' });
}
