import type { Cache } from '@logmaster/cache/cache';
import { openShelf } from '@logmaster/cache/shelf';
import type { Clock } from '@logmaster/core/clock';
import type { Database } from '@logmaster/db/client';
import { findSession, type SessionWithUser, touchSession } from '@logmaster/db/sessions';
import { z } from 'zod';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { BELIEVED_MS, IDLE_MS, TOUCH_MS } from './limits.ts';

/**
 * Tells whom a session id stands for. An answer is shared by all web nodes and believed for BELIEVED_MS at the longest;
 * a change that is followed by `forget` is seen by every `find` that begins afterwards, on every node (decision 0044).
 */
export interface SessionDirectory {
  /** Null when the session is unknown, revoked, expired or idle for too long. Throws DATABASE_UNAVAILABLE. */
  find(sessionId: string): Promise<SessionUser | null>;
  /** To be called once a change of sessions or of their user is committed. */
  forget(sessionIds: readonly string[]): Promise<void>;
}

/** Whether a session still holds at `now` (ms). */
export function isOpen(session: Pick<SessionWithUser, 'revokedAt' | 'expiresAt' | 'lastSeenAt'>, now: number): boolean {
  return (
    session.revokedAt === null && session.expiresAt.getTime() > now && session.lastSeenAt.getTime() + IDLE_MS > now
  );
}

/** What the nodes share. It opens no door: a session is entered with the encrypted cookie, not with its id. */
const answerSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    mustChangePassword: z.boolean(),
    /** Absolute end, ms since the epoch. */
    endsAt: z.number(),
  })
  .nullable();
type Answer = z.infer<typeof answerSchema>;

export function sessionDirectory(database: Database, cache: Cache, clock: Clock): SessionDirectory {
  const { primary } = database;
  const shelf = openShelf<Answer>(cache, {
    kind: 'session',
    version: 1,
    schema: answerSchema,
    ttlMs: BELIEVED_MS,
  });

  async function read(sessionId: string): Promise<Answer> {
    const now = dateOf(clock);
    const session = await findSession(primary, sessionId);
    if (!session || !isOpen(session, now.getTime())) return null;
    if (now.getTime() - session.lastSeenAt.getTime() >= TOUCH_MS) {
      await touchSession(primary, { id: sessionId, now, notSince: new Date(now.getTime() - TOUCH_MS) });
    }
    const { id, username, mustChangePassword } = session.user;
    return { id, username, mustChangePassword, endsAt: session.expiresAt.getTime() };
  }
  return {
    async find(sessionId) {
      const answer = await shelf.fetch(sessionId, () => read(sessionId));
      if (!answer || answer.endsAt <= clock() / 1000) return null;
      const { endsAt: _, ...user } = answer;
      return { ...user, sessionId };
    },
    async forget(sessionIds) {
      await shelf.delete(sessionIds);
    },
  };
}
