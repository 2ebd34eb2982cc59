import { respondToToken } from '../../../../server/rest/authenticated.ts';
import { json } from '../../../../server/rest/respond.ts';
import { readPipeline } from '../../../../server/services/health/read-pipeline.ts';

export function GET(request: Request): Promise<Response> {
  return respondToToken(request, 'read', async ({ deps }, user) => json(await readPipeline(deps, user)));
}
