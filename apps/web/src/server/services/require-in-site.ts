import { AppError } from '@logmaster/core/errors';
import { scopeOf, showsSite } from '../scope-of.ts';
import type { SessionUser } from '../session-user.ts';

/** FORBIDDEN for a change outside of the sites that the asker may see. Null: a change for all of them. */
export function requireInSite(user: SessionUser, siteId: string | null): void {
  const scope = scopeOf(user);
  if (siteId === null ? scope.sites === null : showsSite(scope, siteId)) return;
  throw new AppError('FORBIDDEN', { detail: `this is for ${scope.sites?.join(', ')} alone` });
}
