import { type AppError, ERRORS } from '@logmaster/core/errors';
import type { Logger } from '@logmaster/telemetry/logger';

/**
 * Writes down a failed request that is not the asker's doing: INTERNAL with its stack, a part that is away in one line.
 * Wrong input, wrong passwords and the like are no failures of ours.
 */
export function logFailure(logger: Logger, error: AppError, fields: Readonly<Record<string, unknown>>): void {
  const { code, cause } = error;
  if (code === 'INTERNAL') logger.error({ ...fields, code, err: cause ?? error }, 'request failed');
  else if (ERRORS[code].status >= 500) {
    const reason = cause instanceof Error ? cause.message : undefined;
    logger.warn({ ...fields, code, detail: error.detail, reason }, 'request failed');
  }
}
