/**
 * The one table of error codes. `status` is the HTTP status at the edge, `title` the English sentence of RFC 9457;
 * the UI translates by code. docs/errors.md lists exactly these (checked by a test).
 */
export const ERRORS = {
  QUERY_SYNTAX: { status: 400, title: 'The query has a syntax error' },
  QUERY_FIELD_MASKED: { status: 403, title: 'The query uses a field that is hidden from you' },
  QUERY_TYPE: { status: 400, title: 'A value in the query does not fit its field' },
  INVALID_INPUT: { status: 400, title: 'The request is not valid' },
  PARSER_INVALID: { status: 400, title: 'The definition of the parser can not be used' },
  INVALID_CURSOR: { status: 400, title: 'The page cursor is not valid for this query' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  WRONG_CREDENTIALS: { status: 401, title: 'User name or password is wrong' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many failed attempts; wait before the next one' },
  RATE_LIMITED: { status: 429, title: 'Too many requests; slow down' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The request is too large' },
  PASSWORD_CHANGE_REQUIRED: { status: 403, title: 'The password must be changed first' },
  PASSWORD_TOO_WEAK: { status: 400, title: 'The new password does not meet the policy' },
  FORBIDDEN: { status: 403, title: 'You have no right to do this' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  CONFLICT: { status: 409, title: 'It was changed by someone else, or exists already' },
  SEARCH_UNAVAILABLE: { status: 503, title: 'The search engine is not available' },
  SEARCH_INCOMPLETE: { status: 503, title: 'A part of the index is out for want of disk room' },
  SEARCH_TIMEOUT: { status: 504, title: 'The search took too long and was stopped' },
  SEARCH_CANCELLED: { status: 499, title: 'The search was cancelled' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database is not available' },
  INGEST_UNAVAILABLE: { status: 503, title: 'The ingest service is not available' },
  WEB_UNAVAILABLE: { status: 502, title: 'No web server answers at the moment' },
  ARCHIVE_UNAVAILABLE: { status: 503, title: 'The evidence archive is not available' },
  TSA_UNAVAILABLE: { status: 503, title: 'The time-stamp authority is not available' },
  TSA_REFUSED: { status: 502, title: 'The time-stamp authority answered with an unusable token' },
  JOURNAL_FAILED: { status: 503, title: 'The journal can not be written; nothing more is accepted' },
  JOURNAL_CORRUPT: { status: 500, title: 'A journal file is damaged' },
  DATA_IN_USE: { status: 409, title: 'Another LogMaster is running on this data folder' },
  PORT_TAKEN: { status: 409, title: 'A port that LogMaster needs is taken' },
  SERVICE_UNSUITABLE: { status: 500, title: 'A server that LogMaster is told to use can not be used as it is' },
  CONFIG_INVALID: { status: 500, title: 'The configuration is not valid' },
  INTERNAL: { status: 500, title: 'Something failed inside LogMaster' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export interface AppErrorOptions {
  /** What exactly, for the person who reads it; no secrets, no stack. */
  readonly detail?: string;
  /** Machine-readable extras: for QUERY_SYNTAX `{ from, to }` in characters of the query. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Shared by all copies of this module: web is bundled in parts, and each part has a copy of its own. */
const BRAND = Symbol.for('logmaster.AppError');

/** An error with a code of the table above. Its message is a sentence for people; `cause` is for the log alone. */
export class AppError extends Error {
  /** `instanceof` holds for the AppError of another copy of this module too. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  override readonly name = 'AppError';
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ? `${ERRORS[code].title}: ${options.detail}` : ERRORS[code].title, { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.data = options.data;
  }
}

/** Any thrown thing as an AppError; strangers become INTERNAL with the original as cause. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('INTERNAL', { cause: thrown });
}
