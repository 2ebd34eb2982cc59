import type { TokenScope } from '@logmaster/core/api/token-scopes';
import { AppError } from '@logmaster/core/errors';
import type { SessionUser } from '../session-user.ts';

/** FORBIDDEN for holders of an API token without the scope. `data.scope` is what it lacks. */
export function requireScope(user: SessionUser, scope: TokenScope): void {
  if (user.sessionId !== null || user.token?.scopes.includes(scope)) return;
  throw new AppError('FORBIDDEN', { detail: `the API token lacks the scope ${scope}`, data: { scope } });
}
