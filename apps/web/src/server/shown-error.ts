import { AppError, type ErrorCode } from '@logmaster/core/errors';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';

/** tRPC's own failures (bad input, unknown procedure, wrong method) as codes of our table. */
const BY_TRPC_CODE: Partial<Record<TRPCError['code'], ErrorCode>> = {
  PARSE_ERROR: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  METHOD_NOT_SUPPORTED: 'INVALID_INPUT',
  UNSUPPORTED_MEDIA_TYPE: 'INVALID_INPUT',
  PAYLOAD_TOO_LARGE: 'INVALID_INPUT',
  NOT_FOUND: 'NOT_FOUND',
};

/** One line that names each wrong input by its path. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ');
}

/** What may leave the server of anything thrown: an AppError. A stranger becomes INTERNAL and keeps its cause for the log. */
export function shownError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof TRPCError)) return new AppError('INTERNAL', { cause: thrown });
  if (thrown.cause instanceof AppError) return thrown.cause;
  const code = BY_TRPC_CODE[thrown.code];
  if (code === undefined) return new AppError('INTERNAL', { cause: thrown });
  const detail = thrown.cause instanceof z.ZodError ? describeIssues(thrown.cause) : undefined;
  return new AppError(code, { ...(detail === undefined ? {} : { detail }), cause: thrown });
}
