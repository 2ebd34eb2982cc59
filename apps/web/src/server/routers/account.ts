import { z } from 'zod';
import {
  changePasswordInputSchema,
  meSchema,
  preferencesInputSchema,
  preferencesSchema,
  refSchema,
  sessionListSchema,
} from '../contracts/account.ts';
import { changePassword } from '../services/account/change-password.ts';
import { describeMe } from '../services/account/describe-me.ts';
import { listSessions } from '../services/account/list-sessions.ts';
import { revokeSession } from '../services/account/revoke-session.ts';
import { setPreferences } from '../services/account/set-preferences.ts';
import { router, sessionProcedure } from '../trpc.ts';

/** The only procedures that also work while the password must be changed. */
export const accountRouter = router({
  me: sessionProcedure.output(meSchema).query(({ ctx }) => describeMe(ctx.deps, ctx.user)),
  /** Ends every other session of the user. */
  changePassword: sessionProcedure
    .input(changePasswordInputSchema)
    .output(z.object({ revokedSessions: z.int() }))
    .mutation(({ ctx, input }) => changePassword(ctx.deps, ctx.user, input)),
  preferences: sessionProcedure
    .input(preferencesInputSchema)
    .output(preferencesSchema)
    .mutation(({ ctx, input }) => setPreferences(ctx.deps, ctx.user, input)),
  sessions: sessionProcedure.output(sessionListSchema).query(({ ctx }) => listSessions(ctx.deps, ctx.user)),
  revoke: sessionProcedure
    .input(refSchema)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeSession(ctx.deps, ctx.user, input.id)),
});
