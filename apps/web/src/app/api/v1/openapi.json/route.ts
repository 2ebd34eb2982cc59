import { openApiDocument } from '../../../../server/rest/openapi.ts';
import { json, respond } from '../../../../server/rest/respond.ts';

export function GET(request: Request): Promise<Response> {
  return respond(request, async () => json(openApiDocument()));
}
