import type { SessionUser } from './session-user.ts';

const SIGN_IN = '/sign-in';
const CHANGE_PASSWORD = '/change-password';

/** Where a request for a page must go instead; null when it may have what it asked for. `search` begins with `?` or is ''. */
export function redirectFor(
  user: Pick<SessionUser, 'mustChangePassword'> | null,
  { pathname, search }: { readonly pathname: string; readonly search: string },
): string | null {
  const signingIn = pathname === SIGN_IN;
  if (!user) {
    if (signingIn) return null;
    return pathname === '/' ? SIGN_IN : `${SIGN_IN}?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
  }
  if (user.mustChangePassword) return pathname === CHANGE_PASSWORD ? null : CHANGE_PASSWORD;
  return signingIn ? '/' : null;
}
