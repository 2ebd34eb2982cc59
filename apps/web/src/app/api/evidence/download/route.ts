import { slugSchema } from '@logmaster/core/names';
import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { sessionOf } from '../../../../server/request-context.ts';
import { readParameters } from '../../../../server/rest/parameters.ts';
import { respond } from '../../../../server/rest/respond.ts';
import { downloadFolder } from '../../../../server/services/evidence/download-folder.ts';
import { requireUser } from '../../../../server/services/session/require-user.ts';

const parametersSchema = z.object({
  site: slugSchema,
  day: z.iso.date(),
  node: slugSchema,
  /** Left out: the packed day. */
  segment: z.coerce.number().int().positive().optional(),
});

/** A segment or a packed day as a tar, for whoever is signed in. */
export function GET(request: NextRequest): Promise<Response> {
  return respond(request, async ({ deps }) => {
    const user = requireUser({ session: await sessionOf(request, deps) });
    const { site, ...rest } = readParameters(request, parametersSchema);
    const { filename, stream } = await downloadFolder(deps, user, { siteId: site, ...rest });
    return new Response(stream, {
      headers: {
        'content-type': 'application/x-tar',
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'no-store',
      },
    });
  });
}
