import type { ErrorCode } from '@logmaster/core/errors';
import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
import type { RequestContext } from './context.ts';
import { requireSession, requireUser } from './services/session/require-user.ts';
import { shownError } from './shown-error.ts';

/** What the client finds at `error.data`; it translates by `code`. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly requestId: string;
  /** For QUERY_SYNTAX `{ from, to }` in characters of the query. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly detail: string | undefined;
}

const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  errorFormatter({ error, shape, ctx }) {
    const shown = shownError(error);
    const data: ErrorData = {
      code: shown.code,
      requestId: ctx?.requestId ?? '',
      data: shown.data,
      detail: shown.detail,
    };
    return { message: shown.message, code: shape.code, data };
  },
});

export const router = t.router;

/**
 * What a user changes, he must find changed in the lists, which are read from replicas. A change that fails may have been
 * committed all the same, so it is noted, too.
 */
const noteWrites = t.middleware(async ({ ctx, type, next }) => {
  const result = await next();
  if (type === 'mutation' && ctx.session) await ctx.deps.database.noteWrite(ctx.session.id);
  return result;
});

/** Works with a session, also while the password must be changed: the account procedures. */
export const sessionProcedure = t.procedure
  .use(noteWrites)
  .use(({ ctx, next }) => next({ ctx: { ...ctx, user: requireSession(ctx) } }));

/** Works with a session whose password is in order: everything else. */
export const procedure = t.procedure
  .use(noteWrites)
  .use(({ ctx, next }) => next({ ctx: { ...ctx, user: requireUser(ctx) } }));
