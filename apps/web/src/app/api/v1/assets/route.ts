import type { z } from 'zod';
import type { restAssetsSchema } from '../../../../server/contracts/assets.ts';
import { respondToToken } from '../../../../server/rest/authenticated.ts';
import { json } from '../../../../server/rest/respond.ts';
import { listAssets } from '../../../../server/services/assets/list-assets.ts';

export function GET(request: Request): Promise<Response> {
  return respondToToken(request, async ({ deps }, user) => {
    const assets = await listAssets(deps, user);
    const answer: z.infer<typeof restAssetsSchema> = {
      assets: assets.map(({ siteId, ...asset }) => ({ ...asset, site: siteId })),
    };
    return json(answer);
  });
}
