import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '../../../../server/auth/auth-options.ts';
import { getDependencies } from '../../../../server/running.ts';

interface RouteContext {
  readonly params: Promise<{ readonly nextauth: string[] }>;
}

function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context, authOptions(getDependencies()));
}

export { handle as GET, handle as POST };
