import {
  countSchema,
  flatEventSchema,
  histogramInputSchema,
  histogramSchema,
  pageInputSchema,
  pageSchema,
  querySchema,
  recordInputSchema,
  suggestInputSchema,
  suggestSchema,
  topInputSchema,
  topSchema,
} from '../contracts/search.ts';
import { countRecords } from '../services/search/count-records.ts';
import { countTopValues } from '../services/search/count-top-values.ts';
import { drawHistogram } from '../services/search/draw-histogram.ts';
import { findRecord } from '../services/search/find-record.ts';
import { searchPage } from '../services/search/search-page.ts';
import { suggestValues } from '../services/search/suggest-values.ts';
import { procedure, router } from '../trpc.ts';

/** All of it stops in the engine when the client aborts the request. */
export const searchRouter = router({
  page: procedure
    .input(pageInputSchema)
    .output(pageSchema)
    .query(({ ctx, input, signal }) => searchPage({ ...ctx.deps, signal }, ctx.user, input)),
  count: procedure
    .input(querySchema)
    .output(countSchema)
    .query(({ ctx, input, signal }) => countRecords({ ...ctx.deps, signal }, ctx.user, input)),
  histogram: procedure
    .input(histogramInputSchema)
    .output(histogramSchema)
    .query(({ ctx, input, signal }) => drawHistogram({ ...ctx.deps, signal }, ctx.user, input)),
  top: procedure
    .input(topInputSchema)
    .output(topSchema)
    .query(({ ctx, input, signal }) => countTopValues({ ...ctx.deps, signal }, ctx.user, input)),
  record: procedure
    .input(recordInputSchema)
    .output(flatEventSchema)
    .query(({ ctx, input, signal }) => findRecord({ ...ctx.deps, signal }, ctx.user, input.id)),
  suggest: procedure
    .input(suggestInputSchema)
    .output(suggestSchema)
    .query(({ ctx, input, signal }) => suggestValues({ ...ctx.deps, signal }, ctx.user, input)),
});
