import { json, respond } from '../../../../server/rest/respond.ts';

/** For supervisors: the process answers. Says nothing about the servers it uses: starting it anew would not mend them. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => json({ live: true }));
}
