import { onDatabase } from './database-error.ts';
import type { Client } from './model-client.ts';

export interface SessionRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly userAgent: string;
}

export interface SessionWithUser extends SessionRow {
  readonly revokedAt: Date | null;
  readonly user: { readonly id: string; readonly username: string; readonly mustChangePassword: boolean };
}

const SHOWN = { id: true, createdAt: true, lastSeenAt: true, expiresAt: true, address: true, userAgent: true } as const;
const USER = { select: { id: true, username: true, mustChangePassword: true } } as const;

/** Returns the id of the new session. Ended ones of the same user that are older than `keepEndedFrom` go. */
export function openSession(
  primary: Client,
  session: {
    readonly userId: string;
    readonly address: string;
    readonly userAgent: string;
    readonly now: Date;
    readonly expiresAt: Date;
    readonly keepEndedFrom: Date;
  },
): Promise<string> {
  const { now, keepEndedFrom, ...data } = session;
  return onDatabase(async () => {
    await primary.session.deleteMany({ where: { userId: data.userId, expiresAt: { lt: keepEndedFrom } } });
    const { id } = await primary.session.create({ data: { ...data, createdAt: now, lastSeenAt: now } });
    return id;
  });
}

/** Also a session that has ended (`revokedAt`); null when there is none. */
export function findSession(primary: Client, id: string): Promise<SessionWithUser | null> {
  return onDatabase(() =>
    primary.session.findUnique({ where: { id }, select: { ...SHOWN, revokedAt: true, user: USER } }),
  );
}

/** Notes a use, unless one is noted since `notSince`: of several nodes that see the same session, one writes. */
export function touchSession(
  primary: Client,
  { id, now, notSince }: { readonly id: string; readonly now: Date; readonly notSince: Date },
): Promise<void> {
  return onDatabase(async () => {
    await primary.session.updateMany({
      where: { id, revokedAt: null, lastSeenAt: { lte: notSince } },
      data: { lastSeenAt: now },
    });
  });
}

/** False when this user has no such open session. */
export function revokeSession(
  primary: Client,
  { id, userId, now }: { readonly id: string; readonly userId: string; readonly now: Date },
): Promise<boolean> {
  return onDatabase(async () => {
    const { count } = await primary.session.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: now },
    });
    return count > 0;
  });
}

/** Open ones, last used first. */
export function listSessions(
  replica: Client,
  { userId, now, idleSince }: { readonly userId: string; readonly now: Date; readonly idleSince: Date },
): Promise<SessionRow[]> {
  return onDatabase(() =>
    replica.session.findMany({
      where: { userId, revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince } },
      select: SHOWN,
      orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    }),
  );
}
