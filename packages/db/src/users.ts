import { AppError } from '@logmaster/core/errors';
import { onDatabase } from './database-error.ts';
import type { Client, PrimaryClient } from './model-client.ts';
import { foldUsername } from './username.ts';

export interface Preferences {
  readonly locale: 'tr' | 'en';
  readonly theme: 'system' | 'light' | 'dark';
  readonly timeZone: string;
}

export interface UserRow extends Preferences {
  readonly id: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
}

const SHOWN = {
  id: true,
  username: true,
  passwordHash: true,
  mustChangePassword: true,
  locale: true,
  theme: true,
  timeZone: true,
} as const;

/** By the name as people type it, whatever its case; null when there is none. */
export function findUserByName(primary: Client, username: string): Promise<UserRow | null> {
  return onDatabase(() => primary.user.findUnique({ where: { usernameKey: foldUsername(username) }, select: SHOWN }));
}

/** NOT_FOUND when the account is gone. */
export function readUser(primary: Client, id: string): Promise<UserRow> {
  return onDatabase(async () => {
    const user = await primary.user.findUnique({ where: { id }, select: SHOWN });
    if (!user) throw new AppError('NOT_FOUND', { detail: 'the account is gone' });
    return user;
  });
}

/**
 * Stores a new password and ends every session but `keepSession`, in one transaction. CONFLICT when the password is no
 * longer the one that was checked (`passwordHash`). Returns the ids of the ended sessions.
 */
export function replacePassword(
  primary: PrimaryClient,
  change: {
    readonly userId: string;
    readonly passwordHash: string;
    readonly nextHash: string;
    readonly keepSession: string | null;
    readonly now: Date;
  },
): Promise<readonly string[]> {
  const { userId, passwordHash, nextHash, keepSession, now } = change;
  return onDatabase(() =>
    primary.$transaction(async (transaction) => {
      const { count } = await transaction.user.updateMany({
        where: { id: userId, passwordHash },
        data: { passwordHash: nextHash, mustChangePassword: false },
      });
      if (count === 0) throw new AppError('CONFLICT', { detail: 'the password was changed meanwhile' });
      const others = await transaction.session.updateManyAndReturn({
        where: { userId, revokedAt: null, ...(keepSession === null ? {} : { id: { not: keepSession } }) },
        data: { revokedAt: now },
        select: { id: true },
      });
      return others.map(({ id }) => id);
    }),
  );
}

/** Resolves with all of them; what `change` leaves out stays. */
export function storePreferences(primary: Client, id: string, change: Partial<Preferences>): Promise<Preferences> {
  const select = { locale: true, theme: true, timeZone: true } as const;
  return onDatabase(() => primary.user.update({ where: { id }, data: change, select }));
}
