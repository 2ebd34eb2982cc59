import type { Clock } from '@logmaster/core/clock';
import type { Database } from '@logmaster/db/client';
import { findSession, type SessionWithUser, touchSession } from '@logmaster/db/sessions';
import type { SessionUser } from '../../context.ts';
import { dateOf } from '../now.ts';
import { CACHE_MS, CACHE_SIZE, IDLE_MS, TOUCH_MS } from './limits.ts';

/** Tells whom a session id stands for. What it says holds for at most CACHE_MS. */
export interface SessionDirectory {
  /** Null when the session is unknown, revoked, expired or idle for too long. Throws DATABASE_UNAVAILABLE. */
  find(sessionId: string): Promise<SessionUser | null>;
  /** Forgets what is cached, after a change made by this process. */
  forget(sessionIds: readonly string[]): void;
}

/** Whether a session still holds at `now` (ms). */
export function isOpen(session: Pick<SessionWithUser, 'revokedAt' | 'expiresAt' | 'lastSeenAt'>, now: number): boolean {
  return (
    session.revokedAt === null && session.expiresAt.getTime() > now && session.lastSeenAt.getTime() + IDLE_MS > now
  );
}

interface Entry {
  readonly user: SessionUser | null;
  readonly believedUntil: number;
}

export function sessionDirectory(database: Database, clock: Clock): SessionDirectory {
  const cache = new Map<string, Entry>();
  const { primary } = database;

  async function read(sessionId: string): Promise<SessionUser | null> {
    const now = dateOf(clock);
    const session = await findSession(primary, sessionId);
    if (!session || !isOpen(session, now.getTime())) return null;
    if (now.getTime() - session.lastSeenAt.getTime() >= TOUCH_MS) await touchSession(primary, sessionId, now);
    return { ...session.user, sessionId };
  }
  return {
    async find(sessionId) {
      const now = clock() / 1000;
      const known = cache.get(sessionId);
      if (known && known.believedUntil > now) return known.user;
      const user = await read(sessionId);
      cache.delete(sessionId);
      cache.set(sessionId, { user, believedUntil: now + CACHE_MS });
      // A Map keeps the order of insertion: the first key is the oldest answer.
      for (const oldest of cache.keys()) {
        if (cache.size <= CACHE_SIZE) break;
        cache.delete(oldest);
      }
      return user;
    },
    forget(sessionIds) {
      for (const id of sessionIds) cache.delete(id);
    },
  };
}
