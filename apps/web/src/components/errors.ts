import { ERRORS, type ErrorCode } from '@logmaster/core/errors';
import { TRPCClientError } from '@trpc/client';

/** A failure as the screen needs it: what happened, where to point, and the id to quote to an administrator. */
export interface Failure {
  readonly code: ErrorCode | 'OFFLINE' | 'SERVER_AWAY';
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

/** Any thrown thing as a failure. Errors without an answer from the server are told apart from its own. */
export function toFailure(thrown: unknown): Failure {
  const problem = thrown instanceof TRPCClientError ? problemOf(thrown.data) : undefined;
  if (problem) return problem;
  if (typeof navigator !== 'undefined' && !navigator.onLine) {
    return { code: 'OFFLINE', detail: undefined, requestId: undefined, data: {} };
  }
  const answered = thrown instanceof TRPCClientError && thrown.data !== undefined;
  return { code: answered ? 'INTERNAL' : 'SERVER_AWAY', detail: undefined, requestId: undefined, data: {} };
}

/** What the server's error formatter puts at `error.data`. */
function problemOf(data: unknown): Failure | undefined {
  const { code, detail, requestId, data: extras } = (data ?? {}) as Record<string, unknown>;
  if (!isErrorCode(code)) return undefined;
  return {
    code,
    detail: typeof detail === 'string' ? detail : undefined,
    requestId: typeof requestId === 'string' && requestId !== '' ? requestId : undefined,
    data: (extras ?? {}) as Record<string, unknown>,
  };
}

/** Sign-in keeps the way back; only paths of this site are ever followed. */
export function signInPath(reason?: 'expired' | 'signed-out'): string {
  const back = `${window.location.pathname}${window.location.search}`;
  const query = new URLSearchParams({ ...(reason ? { reason } : {}), callbackUrl: back });
  return `/sign-in?${query}`;
}

/** The answer to a session that ended, wherever a call notices it. */
export function leaveWhenSignedOut(thrown: unknown): void {
  const { code } = toFailure(thrown);
  if (code === 'UNAUTHENTICATED' && !window.location.pathname.startsWith('/sign-in')) {
    window.location.assign(signInPath('expired'));
  }
  if (code === 'PASSWORD_CHANGE_REQUIRED' && window.location.pathname !== '/change-password') {
    window.location.assign('/change-password');
  }
}

/** A path of this site to return to after sign-in, or the explorer. */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (!wanted) return '/explorer';
  const base = 'http://localhost';
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : undefined;
  const local = wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.includes('\\');
  if (!url || !local || url.origin !== base || url.pathname.startsWith('/sign-in')) return '/explorer';
  return `${url.pathname}${url.search}`;
}
