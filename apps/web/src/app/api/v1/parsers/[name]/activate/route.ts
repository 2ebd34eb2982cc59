import { activateParserSchema, parserNameSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToChange } from '../../../../../../server/rest/authenticated.ts';
import { readBody } from '../../../../../../server/rest/body.ts';
import { readPath } from '../../../../../../server/rest/parameters.ts';
import { json } from '../../../../../../server/rest/respond.ts';
import { activateParser } from '../../../../../../server/services/parsers/activate-parser.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

export function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToChange(request, 'parsers:write', async ({ deps }, user) => {
    const { name } = readPath(await params, parserNameSchema);
    const { version } = await readBody(request, activateParserSchema);
    return json(await activateParser(deps, user, { name, version }));
  });
}
