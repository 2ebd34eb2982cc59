import { AppError } from '@logmaster/core/errors';
import { DerError } from '../der/reader.ts';
import { readToken, type TokenExpectation, tokenFault } from './token.ts';

/**
 * The stored form of an authority's answer, after every check. Throws TSA_REFUSED with the reason when the answer is
 * not a usable token for what was asked.
 */
export function acceptResponse(response: Uint8Array, expected: TokenExpectation): Buffer {
  try {
    const token = readToken(response);
    const fault = tokenFault(token, expected);
    if (fault) throw new DerError(fault);
    return token.canonical;
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    throw new AppError('TSA_REFUSED', { detail: cause.message, cause });
  }
}
