import { tryParserSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToUser } from '../../../../../server/rest/authenticated.ts';
import { readBody } from '../../../../../server/rest/body.ts';
import { json } from '../../../../../server/rest/respond.ts';
import { tryParser } from '../../../../../server/services/parsers/try-parser.ts';

export function POST(request: NextRequest): Promise<Response> {
  return respondToUser(request, 'read', async ({ deps }, user) => {
    const input = await readBody(request, tryParserSchema);
    return json(await tryParser({ ...deps, signal: request.signal }, user, input));
  });
}
