import { AppError } from '@logmaster/core/errors';
import { hashPassword, verifyPassword } from '@logmaster/db/password';
import { countAttempt, forgiveAttempt, throttleKeys } from '@logmaster/db/sign-in-throttle';
import { readUser, replacePassword } from '@logmaster/db/users';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { FORGET_FAILURES_MS, PAIR_RULE } from '../session/limits.ts';
import { requireStrongPassword, weakPassword } from './password-policy.ts';

type Deps = Pick<Dependencies, 'database' | 'clock' | 'sessions' | 'logger'>;
interface Input {
  readonly current: string;
  readonly next: string;
}

/**
 * Replaces the password and ends the user's other sessions. WRONG_CREDENTIALS when `current` is wrong,
 * TOO_MANY_ATTEMPTS after several wrong ones, PASSWORD_TOO_WEAK with `data.fault`.
 */
export async function changePassword({ database, clock, sessions, logger }: Deps, user: SessionUser, input: Input) {
  if (user.sessionId === null) throw new AppError('FORBIDDEN', { detail: 'an API token can not change a password' });
  const { primary } = database;
  const now = dateOf(clock);
  const forgetBefore = new Date(now.getTime() - FORGET_FAILURES_MS);
  const { pair } = throttleKeys(user.username, `session ${user.sessionId}`);
  const seconds = await countAttempt(primary, [{ key: pair, ...PAIR_RULE }], { now, forgetBefore });
  if (seconds > 0) throw new AppError('TOO_MANY_ATTEMPTS', { data: { seconds } });
  const { passwordHash } = await readUser(primary, user.id);
  if (!(await verifyPassword(passwordHash, input.current))) throw new AppError('WRONG_CREDENTIALS');
  await forgiveAttempt(primary, { cleared: [pair], eased: [] }, forgetBefore);
  requireStrongPassword(input.next, user.username);
  if (input.next === input.current) throw weakPassword('unchanged');
  const ended = await replacePassword(primary, {
    userId: user.id,
    passwordHash,
    nextHash: await hashPassword(input.next),
    keepSession: user.sessionId,
    now,
  });
  await sessions.forget([...ended, user.sessionId]);
  logger.info({ user: user.id, endedSessions: ended.length }, 'password changed');
  return { revokedSessions: ended.length };
}
