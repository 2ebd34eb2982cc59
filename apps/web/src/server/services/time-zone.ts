import { AppError } from '@logmaster/core/errors';

/** Throws INVALID_INPUT unless it is an IANA zone this machine knows. */
export function requireTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { detail: 'timeZone: no such time zone', cause });
  }
}
