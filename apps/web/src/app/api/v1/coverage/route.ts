import { toRestCoverageList } from '@logmaster/db/coverage/answers';
import { z } from 'zod';
import { respondToToken } from '../../../../server/rest/authenticated.ts';
import { readParameters } from '../../../../server/rest/parameters.ts';
import { json } from '../../../../server/rest/respond.ts';
import { listCoverage } from '../../../../server/services/devices/list-coverage.ts';

export function GET(request: Request): Promise<Response> {
  return respondToToken(request, 'read', async ({ deps }, user) => {
    readParameters(request, z.object({}));
    return json(toRestCoverageList(await listCoverage(deps, user)));
  });
}
