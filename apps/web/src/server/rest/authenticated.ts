import type { TokenScope } from '@logmaster/core/api/token-scopes';
import type { NextRequest } from 'next/server';
import { sessionOf } from '../request-context.ts';
import { requireScope } from '../services/require-scope.ts';
import { requireUser } from '../services/session/require-user.ts';
import { authenticateToken } from '../services/tokens/authenticate-token.ts';
import type { SessionUser } from '../session-user.ts';
import { type RestContext, respond } from './respond.ts';

type UserRoute = (context: RestContext, user: SessionUser) => Promise<Response>;

/** A route for holders of an API token with the scope. */
export function respondToToken(request: Request, scope: TokenScope, route: UserRoute): Promise<Response> {
  return respond(request, async (context) => {
    const user = requireUser({ session: await authenticateToken(context.deps, request.headers.get('authorization')) });
    requireScope(user, scope);
    return route(context, user);
  });
}

/**
 * A route for holders of an API token with the scope, and for whoever is signed in. Requests of other origins do not come
 * here (proxy.ts).
 */
export function respondToUser(request: NextRequest, scope: TokenScope, route: UserRoute): Promise<Response> {
  if (request.headers.has('authorization')) return respondToToken(request, scope, route);
  return respond(request, async (context) =>
    route(context, requireUser({ session: await sessionOf(request, context.deps) })),
  );
}

/** The same for a change: what the user has written, he must find in the lists, which are read from replicas. */
export function respondToChange(request: NextRequest, scope: TokenScope, route: UserRoute): Promise<Response> {
  return respondToUser(request, scope, async (context, user) => {
    try {
      return await route(context, user);
    } finally {
      // A change that fails may have been committed all the same.
      await context.deps.database.noteWrite(user.id);
    }
  });
}
