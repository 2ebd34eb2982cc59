import { AppError } from '@logmaster/core/errors';
import { findTokenOwner } from '@logmaster/db/tokens';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';

/** RFC 6750 § 2.1. */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** The owner of the token in an Authorization header. UNAUTHENTICATED when there is none or it holds no more. */
export async function authenticateToken(
  { database: { primary }, clock }: Pick<Dependencies, 'database' | 'clock'>,
  authorization: string | null,
): Promise<SessionUser> {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', { detail: 'send Authorization: Bearer <API token>' });
  const owner = await findTokenOwner(primary, token, dateOf(clock));
  if (!owner) throw new AppError('UNAUTHENTICATED', { detail: 'the API token is unknown or revoked' });
  // The one-time password guards signing in. Whoever made the token had a changed password or the server itself.
  return { ...owner, mustChangePassword: false, sessionId: null };
}
