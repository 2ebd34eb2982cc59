import { AppError } from '@logmaster/core/errors';
import { verifyPassword } from '@logmaster/db/password';
import { openSession } from '@logmaster/db/sessions';
import { countAttempt, forgiveAttempt, throttleKeys } from '@logmaster/db/sign-in-throttle';
import { findUserByName } from '@logmaster/db/users';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { ABSOLUTE_MS, ADDRESS_RULE, FORGET_FAILURES_MS, KEEP_ENDED_MS, PAIR_RULE, USER_RULE } from './limits.ts';

type Deps = Pick<Dependencies, 'database' | 'clock' | 'logger'>;

/** Longer ones belong to nobody; they are refused before anything is stored or hashed. */
const MAX_NAME = 256;
const MAX_PASSWORD = 1024;
const MAX_USER_AGENT = 300;

export interface SignInAttempt {
  readonly username: string;
  readonly password: string;
  /** IP text of the client. */
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Checks name and password and opens a session. WRONG_CREDENTIALS for a wrong password and for an unknown name alike,
 * after the same work; TOO_MANY_ATTEMPTS with `data.seconds` while a lock holds, whether or not the name exists.
 */
export async function signIn({ database, clock, logger }: Deps, attempt: SignInAttempt): Promise<SessionUser> {
  const { username, password, address } = attempt;
  if (username.length > MAX_NAME || password.length > MAX_PASSWORD) throw new AppError('WRONG_CREDENTIALS');
  const { primary } = database;
  const now = dateOf(clock);
  const forgetBefore = new Date(now.getTime() - FORGET_FAILURES_MS);
  const keys = throttleKeys(username, address);
  const rules = [
    { key: keys.pair, ...PAIR_RULE },
    { key: keys.user, ...USER_RULE },
    { key: keys.address, ...ADDRESS_RULE },
  ];
  const seconds = await countAttempt(primary, rules, { now, forgetBefore });
  if (seconds > 0) {
    logger.warn({ address, seconds }, 'sign-in refused: too many failed attempts');
    throw new AppError('TOO_MANY_ATTEMPTS', { detail: `try again in ${seconds} seconds`, data: { seconds } });
  }
  const user = await findUserByName(primary, username);
  if (!(await verifyPassword(user?.passwordHash, password)) || !user) {
    logger.warn({ address }, 'sign-in failed');
    throw new AppError('WRONG_CREDENTIALS');
  }
  await forgiveAttempt(primary, { cleared: [keys.pair, keys.user], eased: [keys.address] }, forgetBefore);
  const sessionId = await openSession(primary, {
    userId: user.id,
    address,
    userAgent: attempt.userAgent.slice(0, MAX_USER_AGENT),
    now,
    expiresAt: new Date(now.getTime() + ABSOLUTE_MS),
    keepEndedFrom: new Date(now.getTime() - KEEP_ENDED_MS),
  });
  await database.noteWrite(user.id);
  logger.info({ user: user.id, address }, 'signed in');
  return { id: user.id, username: user.username, mustChangePassword: user.mustChangePassword, sessionId };
}
