import {
  parserListSchema,
  parserNameSchema,
  parserRefSchema,
  parserSummarySchema,
  parserTrialSchema,
  parserVersionListSchema,
  parserVersionRefSchema,
  parserVersionSchema,
  saveParserSchema,
  tryParserSchema,
} from '@logmaster/core/api/parsers';
import { activateParser } from '../services/parsers/activate-parser.ts';
import { deactivateParser } from '../services/parsers/deactivate-parser.ts';
import { listParserVersions } from '../services/parsers/list-parser-versions.ts';
import { listParsers } from '../services/parsers/list-parsers.ts';
import { saveParser } from '../services/parsers/save-parser.ts';
import { showParser } from '../services/parsers/show-parser.ts';
import { tryParser } from '../services/parsers/try-parser.ts';
import { procedure, router } from '../trpc.ts';

export const parsersRouter = router({
  list: procedure.output(parserListSchema).query(({ ctx }) => listParsers(ctx.deps, ctx.user)),
  show: procedure
    .input(parserVersionRefSchema)
    .output(parserVersionSchema)
    .query(({ ctx, input }) => showParser(ctx.deps, ctx.user, input)),
  versions: procedure
    .input(parserNameSchema)
    .output(parserVersionListSchema)
    .query(({ ctx, input }) => listParserVersions(ctx.deps, ctx.user, input.name)),
  /** A mutation only because definitions are too long for an address: nothing is changed. */
  try: procedure
    .input(tryParserSchema)
    .output(parserTrialSchema)
    .mutation(({ ctx, input, signal }) => tryParser({ ...ctx.deps, signal }, ctx.user, input)),
  save: procedure
    .input(saveParserSchema)
    .output(parserVersionSchema)
    .mutation(({ ctx, input }) => saveParser(ctx.deps, ctx.user, input)),
  activate: procedure
    .input(parserRefSchema)
    .output(parserSummarySchema)
    .mutation(({ ctx, input }) => activateParser(ctx.deps, ctx.user, input)),
  deactivate: procedure
    .input(parserNameSchema)
    .output(parserSummarySchema)
    .mutation(({ ctx, input }) => deactivateParser(ctx.deps, ctx.user, input.name)),
});
