import { FULL_SCOPE, type Scope } from '@logmaster/core/scope';
import type { SessionUser } from './context.ts';

/** What a user may see. The one place scopes are made: every user sees everything until roles exist. */
export function scopeOf(_user: Pick<SessionUser, 'id'>): Scope {
  return FULL_SCOPE;
}

/** Evidence is kept per site: whether the scope shows a site's folders. */
export function showsSite(scope: Scope, siteId: string): boolean {
  return scope.sites === null || scope.sites.includes(siteId);
}
