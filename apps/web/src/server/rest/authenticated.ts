import type { SessionUser } from '../context.ts';
import { requireUser } from '../services/session/require-user.ts';
import { authenticateToken } from '../services/tokens/authenticate-token.ts';
import { type RestContext, respond } from './respond.ts';

/** A route for holders of an API token. */
export function respondToToken(
  request: Request,
  route: (context: RestContext, user: SessionUser) => Promise<Response>,
): Promise<Response> {
  return respond(request, async (context) => {
    const session = await authenticateToken(context.deps, request.headers.get('authorization'));
    return route(context, requireUser({ session }));
  });
}
