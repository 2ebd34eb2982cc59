import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '@logmaster/core/errors';
import { type Client, openDatabase, type PrimaryClient } from './client.ts';
import { onDatabase } from './database-error.ts';
import { foldUsername } from './username.ts';

/** Lets secret scanners and people recognise one of ours. */
const PREFIX = 'lmt_';
/** `last_used_at` is written at most this often per token: it is for people, not for accounting. */
const USED_STEP_MS = 60_000;

export interface ApiTokenInfo {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const INFO = { id: true, name: true, createdAt: true, lastUsedAt: true, revokedAt: true } as const;

function digest(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** Makes a token of 256 random bits. `token` is shown once; the database keeps its SHA-256. */
export function createApiToken(
  primary: PrimaryClient,
  { userId, name }: { readonly userId: string; readonly name: string },
): Promise<{ token: string; info: ApiTokenInfo }> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  return onDatabase(async () => ({
    token,
    info: await primary.apiToken.create({ data: { userId, name, sha256: digest(token) }, select: INFO }),
  }));
}

/** For `logmaster token create`: returns the token alone. NOT_FOUND when there is no such user. */
export async function createTokenFor(
  url: string,
  { username, name }: { readonly username: string; readonly name: string },
): Promise<string> {
  const database = openDatabase({ url });
  try {
    const usernameKey = foldUsername(username);
    const user = await onDatabase(() => database.primary.user.findUnique({ where: { usernameKey } }));
    if (!user) throw new AppError('NOT_FOUND', { detail: 'no user has that name' });
    return (await createApiToken(database.primary, { userId: user.id, name })).token;
  } finally {
    await database.close();
  }
}

/** Newest first, revoked ones included. */
export function listApiTokens(replica: Client, userId: string): Promise<ApiTokenInfo[]> {
  return onDatabase(() =>
    replica.apiToken.findMany({ where: { userId }, select: INFO, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] }),
  );
}

/** NOT_FOUND when this user has no such token. Revoking again changes nothing. */
export function revokeApiToken(primary: Client, { userId, id }: { userId: string; id: string }): Promise<void> {
  return onDatabase(async () => {
    const known = await primary.apiToken.count({ where: { id, userId } });
    if (known === 0) throw new AppError('NOT_FOUND', { detail: 'no such token' });
    await primary.apiToken.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt: new Date() } });
  });
}

/** The owner of a token, or null when it is unknown or revoked. Notes its use. */
export function findTokenOwner(primary: Client, token: string, now: Date) {
  if (!token.startsWith(PREFIX)) return Promise.resolve(null);
  return onDatabase(async () => {
    const found = await primary.apiToken.findUnique({
      where: { sha256: digest(token) },
      include: { user: { select: { id: true, username: true, mustChangePassword: true } } },
    });
    if (!found || found.revokedAt) return null;
    if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > USED_STEP_MS) {
      await primary.apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
    }
    return found.user;
  });
}
