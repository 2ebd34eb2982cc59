import { randomBytes, randomUUID } from 'node:crypto';
import { AppError, toAppError } from '@logmaster/core/errors';
import { type NextRequest, NextResponse } from 'next/server';
import { logFailure } from './server/log-failure.ts';
import { redirectFor } from './server/page-access.ts';
import { sessionOf } from './server/request-context.ts';
import { problemResponse } from './server/rest/respond.ts';
import { getDependencies } from './server/running.ts';
import { isSameOrigin } from './server/same-origin.ts';
import { contentSecurityPolicy, securityHeaders } from './server/security-headers.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function withHeaders(response: NextResponse | Response): NextResponse | Response {
  const headers = securityHeaders({ secure: getDependencies().secure });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function api(request: NextRequest): NextResponse | Response {
  if (SAFE_METHODS.has(request.method) || isSameOrigin(request.headers)) return NextResponse.next();
  return problemResponse(new AppError('FORBIDDEN', { detail: 'the request comes from another origin' }), randomUUID());
}

/** The path a browser asked for is kept; host and port are what it used (127.0.0.1 or localhost). */
function redirect(request: NextRequest, target: string): NextResponse {
  const host = request.headers.get('host') ?? request.nextUrl.host;
  return NextResponse.redirect(new URL(target, `${request.nextUrl.protocol}//${host}`));
}

/** Null also while the database is away: pages hold no data of their own, and they say what is away. */
async function findRedirect(request: NextRequest): Promise<string | null> {
  try {
    return redirectFor(await sessionOf(request, getDependencies()), request.nextUrl);
  } catch (error) {
    if (toAppError(error).code === 'DATABASE_UNAVAILABLE') return null;
    throw error;
  }
}

async function page(request: NextRequest): Promise<NextResponse> {
  const deps = getDependencies();
  const elsewhere = await findRedirect(request);
  if (elsewhere !== null) return redirect(request, elsewhere);
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, { development: deps.development });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Runs before every page and API call: who may go where, and the security headers. */
export async function proxy(request: NextRequest): Promise<NextResponse | Response> {
  try {
    return withHeaders(request.nextUrl.pathname.startsWith('/api/') ? api(request) : await page(request));
  } catch (thrown) {
    const error = toAppError(thrown);
    const requestId = randomUUID();
    logFailure(getDependencies().logger, error, { requestId, pathname: request.nextUrl.pathname });
    return withHeaders(problemResponse(error, requestId));
  }
}

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg).*)'] };
