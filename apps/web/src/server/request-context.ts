import type { NextRequest } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { readSessionToken } from './auth/session-token.ts';
import type { RequestContext } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { requestIdOf } from './request-id.ts';
import { getDependencies } from './running.ts';
import type { SessionUser } from './session-user.ts';

/** Whom the session cookie stands for; null when there is none or its session has ended. Throws DATABASE_UNAVAILABLE. */
export async function sessionOf(request: NextRequest, deps: Dependencies): Promise<SessionUser | null> {
  const token = readSessionToken(await getToken({ req: request, secret: deps.cookieSecret }));
  const user = token && (await deps.sessions.find(token.sessionId));
  return user && user.id === token.sub ? user : null;
}

/** The context of one request from the browser. */
export async function requestContext(request: NextRequest): Promise<RequestContext> {
  const deps = getDependencies();
  return { deps, session: await sessionOf(request, deps), requestId: requestIdOf(request.headers, deps.proxies) };
}
