import { AppError } from '@logmaster/core/errors';
import { onDatabase } from './database-error.ts';
import type { PrimaryClient } from './model-client.ts';

export interface IdentityRequestRef {
  readonly userId: string;
  /** The sender's own word for the request. */
  readonly key: string;
}

/** A request that did not end within this time has died; its sender may repeat it. */
const UNDER_WAY_MS = 60_000;

/**
 * Notes that a request begins. The number of events it was accepted with, if that has happened before; null: go on, and
 * call `endIdentityRequest`. CONFLICT when the key was used for something else, or the request is under way.
 */
export function beginIdentityRequest(
  primary: PrimaryClient,
  { userId, key, digest, now }: IdentityRequestRef & { readonly digest: Uint8Array<ArrayBuffer>; readonly now: Date },
): Promise<number | null> {
  return onDatabase(async () => {
    const data = { userId, key, digest, createdAt: now };
    const { count } = await primary.identityRequest.createMany({ data, skipDuplicates: true });
    if (count === 1) return null;
    const known = await primary.identityRequest.findUnique({ where: { userId_key: { userId, key } } });
    // It was given up between the two statements.
    if (known === null) throw new AppError('CONFLICT', { detail: 'the same request is under way' });
    if (!Buffer.from(known.digest).equals(digest))
      throw new AppError('CONFLICT', { detail: 'the Idempotency-Key was used for other events' });
    if (known.accepted !== null) return known.accepted;
    // Only one of those who repeat it takes over.
    const stale = new Date(now.getTime() - UNDER_WAY_MS);
    const taken = await primary.identityRequest.updateMany({
      where: { userId, key, accepted: null, createdAt: { lt: stale } },
      data: { createdAt: now },
    });
    if (taken.count === 0) throw new AppError('CONFLICT', { detail: 'the same request is under way' });
    return null;
  });
}

/** @param accepted events that are durable; null: none, and the request may be repeated at once */
export function endIdentityRequest(
  primary: PrimaryClient,
  { userId, key }: IdentityRequestRef,
  accepted: number | null,
): Promise<void> {
  const where = { userId, key };
  return onDatabase(async () => {
    if (accepted === null) await primary.identityRequest.deleteMany({ where });
    else await primary.identityRequest.updateMany({ where, data: { accepted } });
  });
}
