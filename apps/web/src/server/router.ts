import { accountRouter } from './routers/account.ts';
import { assetsRouter } from './routers/assets.ts';
import { devicesRouter } from './routers/devices.ts';
import { evidenceRouter } from './routers/evidence.ts';
import { healthRouter } from './routers/health.ts';
import { parsersRouter } from './routers/parsers.ts';
import { searchRouter } from './routers/search.ts';
import { sitesRouter } from './routers/sites.ts';
import { tokensRouter } from './routers/tokens.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  account: accountRouter,
  assets: assetsRouter,
  devices: devicesRouter,
  evidence: evidenceRouter,
  health: healthRouter,
  parsers: parsersRouter,
  search: searchRouter,
  sites: sitesRouter,
  tokens: tokensRouter,
});

/** The browser's side of the contract; `components/trpc.ts` imports this type alone. */
export type AppRouter = typeof appRouter;
