import { saveParserSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToChange, respondToUser } from '../../../../server/rest/authenticated.ts';
import { readBody } from '../../../../server/rest/body.ts';
import { json } from '../../../../server/rest/respond.ts';
import { listParsers } from '../../../../server/services/parsers/list-parsers.ts';
import { saveParser } from '../../../../server/services/parsers/save-parser.ts';

export function GET(request: NextRequest): Promise<Response> {
  return respondToUser(request, 'read', async ({ deps }, user) => json(await listParsers(deps, user)));
}

export function POST(request: NextRequest): Promise<Response> {
  return respondToChange(request, 'parsers:write', async ({ deps }, user) => {
    const input = await readBody(request, saveParserSchema);
    return json(await saveParser(deps, user, input), 201);
  });
}
