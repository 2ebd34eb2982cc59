/** Sessions and sign-in: every number in one place (decisions 0042, 0044). */

/** A session ends after so long without a request … */
export const IDLE_MS = 2 * 3600_000;
/** … and after so long in any case. Also the life of the cookie. */
export const ABSOLUTE_MS = 12 * 3600_000;
/**
 * How long a confirmed session is believed without asking the database. A revocation bites at once where the node can
 * tell the shared cache of it, and after so long in any case.
 */
export const BELIEVED_MS = 3_000;
/** `last_seen_at` is written at most this often. */
export const TOUCH_MS = 60_000;
/** Ended sessions stay listed in the database so long after their end. */
export const KEEP_ENDED_MS = 30 * 86_400_000;

/** Failures are forgotten after so long without another one. */
export const FORGET_FAILURES_MS = 24 * 3600_000;
/** One user name from one address: what a person mistypes, then up to 15 minutes between attempts. */
export const PAIR_RULE = { free: 5, maxSeconds: 900 } as const;
/** One user name from anywhere: at most a minute, so that a stranger can't keep its owner out for long. */
export const USER_RULE = { free: 20, maxSeconds: 60 } as const;
/** One address, whatever the names: an office behind one NAT has many people. */
export const ADDRESS_RULE = { free: 50, maxSeconds: 900 } as const;
