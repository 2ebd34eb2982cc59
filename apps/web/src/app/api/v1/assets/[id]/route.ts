import type { NextRequest } from 'next/server';
import { assetRefSchema } from '../../../../../server/contracts/assets.ts';
import { respondToChange } from '../../../../../server/rest/authenticated.ts';
import { readPath } from '../../../../../server/rest/parameters.ts';
import { removeAsset } from '../../../../../server/services/assets/remove-asset.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

export function DELETE(request: NextRequest, { params }: Context): Promise<Response> {
  return respondToChange(request, 'assets:write', async ({ deps }, user) => {
    await removeAsset(deps, user, readPath(await params, assetRefSchema));
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  });
}
