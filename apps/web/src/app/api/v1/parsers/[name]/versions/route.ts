import { parserNameSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToUser } from '../../../../../../server/rest/authenticated.ts';
import { readPath } from '../../../../../../server/rest/parameters.ts';
import { json } from '../../../../../../server/rest/respond.ts';
import { listParserVersions } from '../../../../../../server/services/parsers/list-parser-versions.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

export function GET(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToUser(request, 'read', async ({ deps }, user) => {
    const { name } = readPath(await params, parserNameSchema);
    return json(await listParserVersions(deps, user, name));
  });
}
