import { parserNameSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToChange } from '../../../../../../server/rest/authenticated.ts';
import { readPath } from '../../../../../../server/rest/parameters.ts';
import { json } from '../../../../../../server/rest/respond.ts';
import { deactivateParser } from '../../../../../../server/services/parsers/deactivate-parser.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

/** Takes a parser out of use; nothing that was saved goes away. */
export function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToChange(request, 'parsers:write', async ({ deps }, user) => {
    const { name } = readPath(await params, parserNameSchema);
    return json(await deactivateParser(deps, user, name));
  });
}
