import { parserVersionRefSchema } from '@logmaster/core/api/parsers';
import type { NextRequest } from 'next/server';
import { respondToChange, respondToUser } from '../../../../../server/rest/authenticated.ts';
import { readParameters, readPath } from '../../../../../server/rest/parameters.ts';
import { json } from '../../../../../server/rest/respond.ts';
import { deactivateParser } from '../../../../../server/services/parsers/deactivate-parser.ts';
import { showParser } from '../../../../../server/services/parsers/show-parser.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

const pathSchema = parserVersionRefSchema.pick({ name: true });
const parametersSchema = parserVersionRefSchema.omit({ name: true });

export function GET(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToUser(request, async ({ deps }, user) => {
    const ref = { ...readPath(await params, pathSchema), ...readParameters(request, parametersSchema) };
    return json(await showParser(deps, user, ref));
  });
}

/** Takes it out of use; nothing that was saved goes away. */
export function DELETE(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToChange(request, async ({ deps }, user) => {
    const { name } = readPath(await params, pathSchema);
    return json(await deactivateParser(deps, user, name));
  });
}
