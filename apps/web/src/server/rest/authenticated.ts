import type { NextRequest } from 'next/server';
import type { SessionUser } from '../context.ts';
import { sessionOf } from '../request-context.ts';
import { requireUser } from '../services/session/require-user.ts';
import { authenticateToken } from '../services/tokens/authenticate-token.ts';
import { type RestContext, respond } from './respond.ts';

type UserRoute = (context: RestContext, user: SessionUser) => Promise<Response>;

/** A route for holders of an API token. */
export function respondToToken(request: Request, route: UserRoute): Promise<Response> {
  return respond(request, async (context) => {
    const session = await authenticateToken(context.deps, request.headers.get('authorization'));
    return route(context, requireUser({ session }));
  });
}

/**
 * A route for holders of an API token, and for whoever is signed in: a token only reads, so what changes something asks
 * for a session. Requests of other origins do not come here (proxy.ts).
 */
export function respondToUser(request: NextRequest, route: UserRoute): Promise<Response> {
  if (request.headers.has('authorization')) return respondToToken(request, route);
  return respond(request, async (context) =>
    route(context, requireUser({ session: await sessionOf(request, context.deps) })),
  );
}

/** The same for a change: what the user has written, he must find in the lists, which are read from replicas. */
export function respondToChange(request: NextRequest, route: UserRoute): Promise<Response> {
  return respondToUser(request, async (context, user) => {
    try {
      return await route(context, user);
    } finally {
      // A change that fails may have been committed all the same.
      await context.deps.database.noteWrite(user.id);
    }
  });
}
