import { AppError } from '@logmaster/core/errors';
import { openDatabase } from './client.ts';
import { onDatabase } from './database-error.ts';
import type { PrimaryClient } from './model-client.ts';
import { hashPassword, readablePassword } from './password.ts';
import { liftLocks } from './sign-in-throttle.ts';
import { foldUsername } from './username.ts';

/** The contract of README: the first admin's user name. */
export const FIRST_ADMIN = 'admin';

/** Makes the first user, who must change the password. False when any user is there already. */
export function createFirstAdmin(
  primary: PrimaryClient,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<boolean> {
  return onDatabase(async () => {
    if ((await primary.user.count()) > 0) return false;
    const passwordHash = await hashPassword(password);
    // Two starts at once: the unique key lets one insert, and the other finds the user there.
    const { count } = await primary.user.createMany({
      data: [{ username, usernameKey: foldUsername(username), passwordHash, mustChangePassword: true }],
      skipDuplicates: true,
    });
    return count === 1;
  });
}

/** At first start: makes `admin` with a one-time password, which is returned here and kept nowhere. */
export async function ensureFirstAdmin(url: string): Promise<{ created: boolean; password?: string }> {
  const database = openDatabase({ url });
  try {
    const password = readablePassword();
    const created = await createFirstAdmin(database.primary, { username: FIRST_ADMIN, password });
    return created ? { created, password } : { created };
  } finally {
    await database.close();
  }
}

/**
 * For whoever lost a password and has the machine: gives the user a new one-time password, ends all sessions and
 * lifts locks. NOT_FOUND when there is no such user.
 */
export async function resetPassword(url: string, username: string): Promise<{ password: string }> {
  const database = openDatabase({ url });
  try {
    const password = readablePassword();
    const passwordHash = await hashPassword(password);
    const usernameKey = foldUsername(username);
    await onDatabase(() =>
      database.primary.$transaction(async (primary) => {
        const user = await primary.user.findUnique({ where: { usernameKey }, select: { id: true } });
        if (!user) throw new AppError('NOT_FOUND', { detail: 'no user has that name' });
        await primary.user.update({ where: { id: user.id }, data: { passwordHash, mustChangePassword: true } });
        await primary.session.updateMany({
          where: { userId: user.id, revokedAt: null },
          data: { revokedAt: new Date() },
        });
        await liftLocks(primary, username);
      }),
    );
    return { password };
  } finally {
    await database.close();
  }
}
