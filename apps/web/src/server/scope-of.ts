import { FULL_SCOPE, type Scope } from '@logmaster/core/scope';
import type { SessionUser } from './session-user.ts';

/** What a user may see. The one place scopes are made: every user sees everything until roles exist; a token, its site. */
export function scopeOf({ token }: Pick<SessionUser, 'token'>): Scope {
  return token === undefined || token.siteId === null ? FULL_SCOPE : { ...FULL_SCOPE, sites: [token.siteId] };
}

/** Evidence is kept per site: whether the scope shows a site's folders. */
export function showsSite(scope: Scope, siteId: string): boolean {
  return scope.sites === null || scope.sites.includes(siteId);
}
