import { onDatabase } from './database-error.ts';
import type { Client, PrimaryClient } from './model-client.ts';
import { foldUsername } from './username.ts';

/** The keys of one attempt. Names nobody has are keys like any other, so that a lock tells nothing. */
export function throttleKeys(username: string, address: string) {
  const user = `user:${foldUsername(username)}`;
  return { user, pair: `${user}@${address}`, address: `address:${address}` } as const;
}

/** Ends the locks of one user name from everywhere. */
export async function liftLocks(primary: Client, username: string): Promise<void> {
  const { user, pair } = throttleKeys(username, '');
  await onDatabase(() =>
    primary.signInThrottle.deleteMany({ where: { OR: [{ key: user }, { key: { startsWith: pair } }] } }),
  );
}

/** How one key (a user name, an address, both) is slowed down. */
export interface ThrottleRule {
  readonly key: string;
  /** Failures that cost nothing. */
  readonly free: number;
  /** Longest lock, seconds. The first is one second, each further failure doubles it. */
  readonly maxSeconds: number;
}

/** Undoes the transaction of an attempt that is refused. */
class Refused extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('refused');
    this.seconds = seconds;
  }
}

/** 2^20 seconds is past every lock; keeps the power small. */
const MAX_DOUBLINGS = 20;

/**
 * Counts an attempt as failed before the password is looked at, so that attempts at the same moment can't slip past
 * the count together; `forgiveAttempt` takes it back when the password is right. Returns 0, or when any key is locked
 * the seconds to wait; a refused attempt counts nowhere. Counts older than `forgetBefore` begin anew.
 */
export function countAttempt(
  primary: PrimaryClient,
  rules: readonly ThrottleRule[],
  { now, forgetBefore }: { readonly now: Date; readonly forgetBefore: Date },
): Promise<number> {
  // One order of keys for everybody: no deadlocks.
  const sorted = rules.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return onDatabase(async () => {
    try {
      await primary.$transaction(async (transaction) => {
        for (const rule of sorted) await countOne(transaction, rule, now, forgetBefore);
      });
      return 0;
    } catch (error) {
      if (error instanceof Refused) return error.seconds;
      throw error;
    }
  });
}

async function countOne(primary: Client, rule: ThrottleRule, now: Date, forgetBefore: Date): Promise<void> {
  const counted = await primary.$executeRaw`
    INSERT INTO sign_in_throttles AS t (key, failures, last_failure, locked_until)
    VALUES (${rule.key}, 1, ${now}, NULL)
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN t.last_failure < ${forgetBefore} THEN 1 ELSE t.failures + 1 END,
      last_failure = excluded.last_failure,
      locked_until = CASE WHEN t.last_failure >= ${forgetBefore} AND t.failures + 1 >= ${rule.free}::int THEN
        excluded.last_failure + make_interval(secs => least(
          ${rule.maxSeconds}::int, power(2, least(${MAX_DOUBLINGS}::int, t.failures + 1 - ${rule.free}::int)))) END
    WHERE t.locked_until IS NULL OR t.locked_until <= excluded.last_failure`;
  if (counted > 0) return;
  const locked = await primary.signInThrottle.findUnique({ where: { key: rule.key } });
  const until = locked?.lockedUntil?.getTime() ?? now.getTime();
  throw new Refused(Math.max(1, Math.ceil((until - now.getTime()) / 1000)));
}

/** After a right password: `cleared` keys begin anew, `eased` ones lose the attempt that was counted. */
export function forgiveAttempt(
  primary: PrimaryClient,
  keys: { readonly cleared: readonly string[]; readonly eased: readonly string[] },
  forgetBefore: Date,
): Promise<void> {
  return onDatabase(async () => {
    await primary.signInThrottle.deleteMany({
      where: { OR: [{ key: { in: [...keys.cleared] } }, { lastFailure: { lt: forgetBefore } }] },
    });
    await primary.signInThrottle.updateMany({
      where: { key: { in: [...keys.eased] }, failures: { gt: 0 } },
      data: { failures: { decrement: 1 }, lockedUntil: null },
    });
  });
}
