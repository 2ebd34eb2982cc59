import { AppError, type ErrorCode } from '@logmaster/core/errors';

/** Exit codes that scripts rely on (docs/cli.md). */
export const EXIT = { done: 0, doesNotHold: 1, wrongUse: 2, unreachable: 3 } as const;

/** Wrong options or arguments. The message names what is wrong; `help` tells the rest. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const WRONG_USE: readonly ErrorCode[] = ['CONFIG_INVALID', 'INVALID_INPUT', 'PARSER_INVALID', 'NOT_FOUND', 'CONFLICT'];

/** System errors whose message names the file or address, so that a stack would add nothing. */
const SELF_EXPLAINING = new Set(['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'ECONNREFUSED', 'EROFS', 'ENOSPC']);

/** The exit code for something thrown. What nobody foresaw counts as unreachable, never as done. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof UsageError) return EXIT.wrongUse;
  if (thrown instanceof AppError && WRONG_USE.includes(thrown.code)) return EXIT.wrongUse;
  return EXIT.unreachable;
}

/** True when the message alone tells the reader what to do. */
export function explainsItself(thrown: unknown): thrown is Error {
  if (thrown instanceof UsageError) return true;
  if (thrown instanceof AppError) return thrown.code !== 'INTERNAL' || thrown.detail !== undefined;
  return thrown instanceof Error && 'code' in thrown && SELF_EXPLAINING.has(String(thrown.code));
}
