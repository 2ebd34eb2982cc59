import { AppError } from '@logmaster/core/errors';
import type { SessionUser } from '../context.ts';
import { scopeOf, showsSite } from '../scope-of.ts';

/** FORBIDDEN for a change outside of the sites that the asker may see. Null: a change for all of them. */
export function requireInSite(user: SessionUser, siteId: string | null): void {
  const scope = scopeOf(user);
  if (siteId === null ? scope.sites === null : showsSite(scope, siteId)) return;
  throw new AppError('FORBIDDEN', { detail: `this is for ${scope.sites?.join(', ')} alone` });
}
