import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's minimum for argon2id, the library's default algorithm: 19 MiB, 2 passes. About 20 ms of a core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Letters and digits that nobody mistakes for each other when typing them off a terminal. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The argon2id hash with its parameters, as PHC text. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let decoy: Promise<string> | undefined;

/**
 * Compares in the time of one argon2id hash whether or not there is a user: `stored` undefined compares against the
 * hash of a random password and is always false.
 */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(32).toString('base64url'));
  const same = await verify(stored ?? (await decoy), password);
  return stored !== undefined && same;
}

/** A one-time password: 4 groups of 5, 99 bits. */
export function readablePassword(): string {
  const letter = () => READABLE.charAt(randomInt(READABLE.length));
  return Array.from({ length: 4 }, () => Array.from({ length: 5 }, letter).join('')).join('-');
}
