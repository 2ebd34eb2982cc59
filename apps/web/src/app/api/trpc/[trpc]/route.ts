import { ERRORS } from '@logmaster/core/errors';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { NextRequest } from 'next/server';
import { logFailure } from '../../../../server/log-failure.ts';
import { requestContext } from '../../../../server/request-context.ts';
import { appRouter } from '../../../../server/router.ts';
import { getDependencies } from '../../../../server/running.ts';
import { shownError } from '../../../../server/shown-error.ts';

function handle(request: NextRequest): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => requestContext(request),
    // One call: the status of our error table. Several in one answer: tRPC's 207.
    responseMeta: ({ errors, info }) => {
      const [error] = errors;
      return error && !info?.isBatchCall ? { status: ERRORS[shownError(error).code].status } : {};
    },
    onError: ({ error, path, ctx }) =>
      logFailure(getDependencies().logger, shownError(error), { requestId: ctx?.requestId, path }),
  });
}

export { handle as GET, handle as POST };
