import { json, respond } from '../../../../server/rest/respond.ts';
import { checkHealth } from '../../../../server/services/health/check-health.ts';

/** Needs no token, so that load balancers and monitors can ask; holds no addresses, names of people or secrets. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async ({ deps }) => json(await checkHealth(deps)));
}
