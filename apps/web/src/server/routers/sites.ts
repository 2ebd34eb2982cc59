import { createSiteInputSchema, renameSiteInputSchema, siteListSchema, siteSchema } from '../contracts/devices.ts';
import { createSite } from '../services/sites/create-site.ts';
import { listSites } from '../services/sites/list-sites.ts';
import { renameSite } from '../services/sites/rename-site.ts';
import { procedure, router } from '../trpc.ts';

export const sitesRouter = router({
  list: procedure.output(siteListSchema).query(({ ctx }) => listSites(ctx.deps, ctx.user)),
  create: procedure
    .input(createSiteInputSchema)
    .output(siteSchema)
    .mutation(({ ctx, input }) => createSite(ctx.deps, ctx.user, input)),
  rename: procedure
    .input(renameSiteInputSchema)
    .output(siteSchema)
    .mutation(({ ctx, input }) => renameSite(ctx.deps, ctx.user, input)),
});
