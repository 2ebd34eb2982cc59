import { toAppError } from '@logmaster/core/errors';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { Dependencies } from '../dependencies.ts';
import { logFailure } from '../log-failure.ts';
import { ABSOLUTE_MS } from '../services/session/limits.ts';
import { signIn } from '../services/session/sign-in.ts';
import { signOut } from '../services/session/sign-out.ts';
import { clientAddress } from './client-address.ts';
import { readSessionToken } from './session-token.ts';

/**
 * next-auth around our own sessions: its encrypted cookie carries a session id, which is looked up with each request,
 * so a session ends when it is revoked. A failed sign-in answers with a code of the error table as `error`.
 */
export function authOptions(deps: Dependencies): NextAuthOptions {
  return {
    secret: deps.cookieSecret,
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000 },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { username: {}, password: { type: 'password' } },
        async authorize(credentials, request) {
          const header = (name: string) => request.headers?.[name] as string | undefined;
          try {
            const user = await signIn(deps, {
              username: credentials?.username ?? '',
              password: credentials?.password ?? '',
              address: clientAddress(header('x-forwarded-for'), deps.proxies),
              userAgent: header('user-agent') ?? '',
            });
            return { id: user.id, name: user.username, sessionId: user.sessionId };
          } catch (thrown) {
            const error = toAppError(thrown);
            logFailure(deps.logger, error, { path: 'sign-in' });
            throw new Error(error.code, { cause: error });
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user && 'sessionId' in user ? { sub: user.id, name: user.name ?? null, sessionId: user.sessionId } : token,
      session: async ({ session, token }) => {
        const found = readSessionToken(token);
        const user = found && (await deps.sessions.find(found.sessionId));
        return { expires: session.expires, ...(user ? { user: { name: user.username } } : {}) };
      },
    },
    events: {
      async signOut({ token }) {
        const found = readSessionToken(token);
        if (found) await signOut(deps, { userId: found.sub, sessionId: found.sessionId });
      },
    },
    logger: {
      error: (code, metadata) =>
        deps.logger.error({ code, message: 'message' in metadata ? metadata.message : undefined }, 'next-auth'),
      warn: (code) => deps.logger.warn({ code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}
