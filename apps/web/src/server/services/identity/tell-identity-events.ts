import { createHash } from 'node:crypto';
import { IDENTITY_RECORD, type IdentityEvent, type IdentityEventsAnswer } from '@logmaster/core/api/identity-events';
import { AppError } from '@logmaster/core/errors';
import { beginIdentityRequest, endIdentityRequest } from '@logmaster/db/identity-requests';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { requireScope } from '../require-scope.ts';
import { placeEvents } from './place-events.ts';

interface Told {
  readonly events: readonly IdentityEvent[];
  /** The sender's word for this request; the same one again is recorded once. */
  readonly key: string | undefined;
  /** Of the system that tells. */
  readonly from: string;
}

/**
 * Has events recorded as records of their sender and site, sealed like all others. Resolves when they are durable. INGEST_UNAVAILABLE:
 * send them again; CONFLICT: the key is in use.
 */
export async function tellIdentityEvents(
  deps: Pick<Dependencies, 'database' | 'identities' | 'clock'>,
  user: SessionUser,
  { events, key, from }: Told,
): Promise<IdentityEventsAnswer> {
  requireScope(user, 'identity:write');
  const {
    database: { primary },
    identities,
    clock,
  } = deps;
  if (identities === undefined)
    throw new AppError('INGEST_UNAVAILABLE', { detail: 'LOGMASTER_INGEST_IDENTITY does not say where events go' });
  const placed = await placeEvents(deps, user, events);
  const records = placed.map((event) => IDENTITY_RECORD + JSON.stringify(event));
  const request = key === undefined ? undefined : { userId: user.id, key };
  if (request !== undefined) {
    const digest = new Uint8Array(createHash('sha256').update(records.join('\n')).digest());
    const accepted = await beginIdentityRequest(primary, { ...request, digest, now: dateOf(clock) });
    if (accepted !== null) return { accepted, repeated: true };
  }
  try {
    await identities.deliver(records, from);
  } catch (error) {
    if (request !== undefined) await endIdentityRequest(primary, request, null);
    throw error;
  }
  if (request !== undefined) await endIdentityRequest(primary, request, records.length);
  return { accepted: records.length, repeated: false };
}
