import { z } from 'zod';
import { createdTokenSchema, createTokenInputSchema, refSchema, tokenListSchema } from '../contracts/account.ts';
import { createToken } from '../services/tokens/create-token.ts';
import { listTokens } from '../services/tokens/list-tokens.ts';
import { revokeToken } from '../services/tokens/revoke-token.ts';
import { procedure, router } from '../trpc.ts';

export const tokensRouter = router({
  list: procedure.output(tokenListSchema).query(({ ctx }) => listTokens(ctx.deps, ctx.user)),
  create: procedure
    .input(createTokenInputSchema)
    .output(createdTokenSchema)
    .mutation(({ ctx, input }) => createToken(ctx.deps, ctx.user, input)),
  revoke: procedure
    .input(refSchema)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeToken(ctx.deps, ctx.user, input.id)),
});
