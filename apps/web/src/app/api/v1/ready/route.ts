import { json, respond } from '../../../../server/rest/respond.ts';

/** For load balancers, without a token and without details: may requests be sent to this node? `/api/v1/health` says why not. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async ({ deps }) => {
    const ready = await deps.isReady();
    return json({ ready }, ready ? 200 : 503);
  });
}
