import { AppError } from '@logmaster/core/errors';
import { respond } from '../../../server/rest/respond.ts';

/** Every path under /api that nothing else answers: a problem document, not a page. */
function handle(request: Request): Promise<Response> {
  return respond(request, async () => {
    throw new AppError('NOT_FOUND', { detail: 'the API has no such path' });
  });
}

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT };
