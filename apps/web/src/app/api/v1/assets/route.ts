import type { AssetRow } from '@logmaster/db/assets';
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import {
  type restAssetSchema,
  type restAssetsSchema,
  restNewAssetSchema,
} from '../../../../server/contracts/assets.ts';
import { respondToChange, respondToToken } from '../../../../server/rest/authenticated.ts';
import { readBody } from '../../../../server/rest/body.ts';
import { json } from '../../../../server/rest/respond.ts';
import { createAsset } from '../../../../server/services/assets/create-asset.ts';
import { listAssets } from '../../../../server/services/assets/list-assets.ts';

function toRest({ siteId, ...asset }: AssetRow): z.infer<typeof restAssetSchema> {
  return { ...asset, site: siteId };
}

export function GET(request: Request): Promise<Response> {
  return respondToToken(request, 'read', async ({ deps }, user) => {
    const answer: z.infer<typeof restAssetsSchema> = { assets: (await listAssets(deps, user)).map(toRest) };
    return json(answer);
  });
}

export function POST(request: NextRequest): Promise<Response> {
  return respondToChange(request, 'assets:write', async ({ deps }, user) => {
    const { name, thing, site } = await readBody(request, restNewAssetSchema);
    return json(toRest(await createAsset(deps, user, { name, thing, siteId: site })), 201);
  });
}
