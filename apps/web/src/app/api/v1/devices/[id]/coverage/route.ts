import { coverageParamsSchema } from '@logmaster/core/api/coverage';
import { AppError } from '@logmaster/core/errors';
import { toRestCoverage } from '@logmaster/db/coverage/answers';
import { z } from 'zod';
import { respondToToken } from '../../../../../../server/rest/authenticated.ts';
import { readParameters } from '../../../../../../server/rest/parameters.ts';
import { json } from '../../../../../../server/rest/respond.ts';
import { readCoverage } from '../../../../../../server/services/devices/read-coverage.ts';

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respondToToken(request, 'read', async ({ deps }, user) => {
    const id = z.uuid().safeParse((await params).id);
    if (!id.success) throw new AppError('NOT_FOUND', { detail: 'no such device' });
    const { hours } = readParameters(request, coverageParamsSchema);
    return json(toRestCoverage(await readCoverage(deps, user, { id: id.data, hours })));
  });
}
