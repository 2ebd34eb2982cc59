import { AppError } from '@logmaster/core/errors';

/** A port that can't be had, as a sentence that says which option helps. */
export function listenError(error: unknown, what: string, host: string, port: number, option: string): AppError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    const why = code === 'EACCES' ? 'may not be opened by this user' : 'is taken by another program';
    const detail = `${what} port ${port} on ${host} ${why}; choose another with ${option}`;
    return new AppError('PORT_TAKEN', { detail, data: { port, option }, cause: error });
  }
  return new AppError('CONFIG_INVALID', {
    detail: `${what} on ${host}:${port}: ${String(code ?? error)}`,
    cause: error,
  });
}
