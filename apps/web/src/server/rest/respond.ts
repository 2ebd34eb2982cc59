import { toProblem } from '@logmaster/core/api/problem';
import { tokenScopeSchema } from '@logmaster/core/api/token-scopes';
import { type AppError, toAppError } from '@logmaster/core/errors';
import type { Dependencies } from '../dependencies.ts';
import { logFailure } from '../log-failure.ts';
import { requestIdOf } from '../request-id.ts';
import { getDependencies } from '../running.ts';

/** What a REST route works with. */
export interface RestContext {
  readonly deps: Dependencies;
  readonly request: Request;
  readonly requestId: string;
}

/** An RFC 9457 answer. Its words are ours: nothing of a cause or a stack gets into it. */
export function problemResponse(error: AppError, requestId: string): Response {
  const problem = toProblem(error, requestId);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  // RFC 9110 § 11.6.1: a 401 says how to authenticate.
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer realm="LogMaster"');
  // RFC 6750 § 3.1: a token that allows too little is told which scope it lacks.
  const scope = tokenScopeSchema.safeParse(error.data?.scope).data;
  if (problem.status === 403 && scope !== undefined)
    headers.set('www-authenticate', `Bearer realm="LogMaster", error="insufficient_scope", scope="${scope}"`);
  // The Response constructor takes 200 to 599; 499 is nginx's word for a client that left.
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** Runs a route; whatever it throws becomes a problem document, and what is our fault a log line too. */
export async function respond(request: Request, route: (context: RestContext) => Promise<Response>): Promise<Response> {
  const requestId = requestIdOf(request.headers, getDependencies().proxies);
  const response = await run(request, requestId, route);
  response.headers.set('x-request-id', requestId);
  return response;
}

async function run(request: Request, requestId: string, route: (context: RestContext) => Promise<Response>) {
  try {
    return await route({ deps: getDependencies(), request, requestId });
  } catch (thrown) {
    const error = toAppError(thrown);
    logFailure(getDependencies().logger, error, { requestId, pathname: new URL(request.url).pathname });
    return problemResponse(error, requestId);
  }
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
}
