import { parserVersionRefSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToUser } from '../../../../../server/rest/authenticated.ts';
import { readParameters, readPath } from '../../../../../server/rest/parameters.ts';
import { json } from '../../../../../server/rest/respond.ts';
import { showParser } from '../../../../../server/services/parsers/show-parser.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

const pathSchema = parserVersionRefSchema.pick({ name: true });
const parametersSchema = parserVersionRefSchema.omit({ name: true });

export function GET(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToUser(request, 'read', async ({ deps }, user) => {
    const ref = { ...readPath(await params, pathSchema), ...readParameters(request, parametersSchema) };
    return json(await showParser(deps, user, ref));
  });
}
