import { assetListSchema, assetRefSchema, assetSchema, createAssetInputSchema } from '../contracts/assets.ts';
import { createAsset } from '../services/assets/create-asset.ts';
import { listAssets } from '../services/assets/list-assets.ts';
import { removeAsset } from '../services/assets/remove-asset.ts';
import { procedure, router } from '../trpc.ts';

export const assetsRouter = router({
  list: procedure.output(assetListSchema).query(async ({ ctx }) => [...(await listAssets(ctx.deps, ctx.user))]),
  create: procedure
    .input(createAssetInputSchema)
    .output(assetSchema)
    .mutation(({ ctx, input }) => createAsset(ctx.deps, ctx.user, input)),
  remove: procedure.input(assetRefSchema).mutation(({ ctx, input }) => removeAsset(ctx.deps, ctx.user, input)),
});
